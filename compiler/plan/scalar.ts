/** Makers of scalars, so that planning reads like the expressions it plans. */
import type { ExpressionType, FunctionName } from '../model.ts';
import type { CallScalar, ColumnScalar, ConstantScalar, Scalar } from './plan.ts';

export function call(name: FunctionName, type: ExpressionType, ...operands: readonly Scalar[]): CallScalar {
  return { kind: 'call', function: name, arguments: operands, type };
}

export function column(name: string, type: ExpressionType, from: string | null = null): ColumnScalar {
  return { kind: 'column', from, name, type, isStored: false };
}

/** A column of the warehouse. */
export function warehouseColumn(name: string, type: ExpressionType, from: string): ColumnScalar {
  return { kind: 'column', from, name, type, isStored: true };
}

export function constant(type: ExpressionType, value: ConstantScalar['value']): ConstantScalar {
  return { kind: 'constant', type, value };
}

export const nothing: ConstantScalar = constant('null', null);

/** All of the conditions; true where there is none. */
export function every(conditions: readonly Scalar[]): Scalar {
  const [only, ...others] = conditions;
  if (only === undefined) return constant('boolean', true);
  return others.length === 0 ? only : call('and', 'boolean', ...conditions);
}

export function some(conditions: readonly Scalar[]): Scalar {
  const [only, ...others] = conditions;
  if (only === undefined) return constant('boolean', false);
  return others.length === 0 ? only : call('or', 'boolean', ...conditions);
}

/** The scalars directly inside one. */
export function operandsOf(scalar: Scalar): readonly Scalar[] {
  switch (scalar.kind) {
    case 'call':
      return scalar.arguments;
    case 'bucket':
      return [scalar.operand];
    case 'rank':
      return [scalar.value, ...scalar.partition];
    case 'constant':
    case 'parameter':
    case 'column':
    case 'interval':
      return [];
  }
}

/** The same scalar over other operands. */
export function withOperands(scalar: Scalar, operands: readonly Scalar[]): Scalar {
  switch (scalar.kind) {
    case 'call':
      return { ...scalar, arguments: operands };
    case 'bucket': {
      const [operand] = operands;
      return operand === undefined ? scalar : { ...scalar, operand };
    }
    case 'rank': {
      const [value, ...partition] = operands;
      return value === undefined ? scalar : { ...scalar, value, partition };
    }
    case 'constant':
    case 'parameter':
    case 'column':
    case 'interval':
      return scalar;
  }
}
