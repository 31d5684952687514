/** Makers of scalars, so that planning reads like the expressions it plans. */
import type { ExpressionType, Literal } from '../model.ts';
import type { CallScalar, ColumnScalar, ConstantScalar, Scalar, ScalarFunction } from './plan.ts';

export function call(name: ScalarFunction, type: ExpressionType, ...operands: readonly Scalar[]): CallScalar {
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

/** What a user wrote is a parameter; what the grammar knows is not. */
export function ofLiteral({ type, value }: Literal): Scalar {
  return value === null || typeof value === 'boolean' ? constant(type, value) : { kind: 'parameter', type, value };
}

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
    case 'lag':
      return [scalar.value, ...scalar.partition, ...scalar.order];
    case 'constant':
    case 'parameter':
    case 'column':
    case 'interval':
      return [];
  }
}

/** The columns that a scalar reads, each once; scalars are graphs, and shared parts are visited once. */
export function columnsIn(scalar: Scalar): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<Scalar>();
  const visit = (node: Scalar): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'column') names.add(node.name);
    operandsOf(node).forEach(visit);
  };
  visit(scalar);
  return [...names];
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
    case 'lag': {
      const [value, ...rest] = operands;
      const count = scalar.partition.length;
      const parts = { partition: rest.slice(0, count), order: rest.slice(count) };
      return value === undefined ? scalar : { ...scalar, value, ...parts };
    }
    case 'constant':
    case 'parameter':
    case 'column':
    case 'interval':
      return scalar;
  }
}

/** How deep two scalars are compared: they are graphs, and written out in full they may double at every level. */
const comparedDepth = 3;

/** Whether two scalars are plainly the same; of deep ones only what is one object is. */
export function isAlike(a: Scalar, b: Scalar, depth = comparedDepth): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || a.type !== b.type || depth === 0) return false;
  if (a.kind === 'column' && b.kind === 'column') return a.name === b.name && a.from === b.from;
  if ((a.kind === 'constant' || a.kind === 'parameter') && 'value' in b) return a.value === b.value;
  if (a.kind !== 'call' || b.kind !== 'call' || a.function !== b.function) return false;
  if (a.arguments.length !== b.arguments.length) return false;
  return a.arguments.every((argument, index) => {
    const other = b.arguments[index];
    return other !== undefined && isAlike(argument, other, depth - 1);
  });
}
