/** Values over no rows. */
import type { ExpressionType, FunctionName, Nested } from '../model.ts';
import type { ColumnScalar, Scalar } from './plan.ts';
import { call, column, constant, operandsOf, withOperands } from './scalar.ts';
import { isZeroWhenEmpty, type Use } from './uses.ts';

/** The column of a measure or a nested aggregate; over no rows, counts and sums are 0. */
export function storedValue(use: Use, expression: Pick<Nested, 'aggregate' | 'type'>): Scalar {
  const stored = column(use.name, expression.type);
  return isZeroWhenEmpty(expression) ? call('coalesce', expression.type, stored, constant('integer', '0')) : stored;
}

/** The operands of a function, its divisor as one that may be missing. */
export function overMissing(name: FunctionName, operands: readonly Scalar[]): readonly Scalar[] {
  if (name !== 'divide' && name !== 'modulo') return operands;
  return operands.map((operand, index) => (index === 1 ? unlessMissing(operand) : operand));
}

/** A divisor of 0 and one that is missing both give null, so that a divisor need not be 0 where it is missing. */
function unlessMissing(scalar: Scalar): Scalar {
  return withoutZero(scalar) ?? scalar;
}

/** What stands in `coalesce(x, 0)`, or null where the scalar is another. */
export function withoutZero(scalar: Scalar): Scalar | null {
  if (scalar.kind !== 'call' || scalar.function !== 'coalesce' || scalar.arguments.length !== 2) return null;
  const [value, zero] = scalar.arguments;
  return value !== undefined && zero?.kind === 'constant' && zero.value === '0' ? value : null;
}

/** What a scalar is over no rows; `read` says what becomes of the columns that it reads. */
export function overNothing(
  scalar: Scalar,
  read: (column: ColumnScalar) => Scalar,
  known: Map<Scalar, Scalar> = new Map(),
): Scalar {
  const done = known.get(scalar) ?? replaced(scalar, read, known);
  known.set(scalar, done);
  return done;
}

function replaced(scalar: Scalar, read: (column: ColumnScalar) => Scalar, known: Map<Scalar, Scalar>): Scalar {
  if (scalar.kind === 'column') return read(scalar);
  const missing = constant(scalar.type, null);
  if (scalar.kind === 'rank') return missing;
  const operands = operandsOf(scalar).map(operand => overNothing(operand, read, known));
  switch (scalar.kind === 'call' ? scalar.function : null) {
    case 'coalesce':
      return firstKnown(
        scalar.type,
        operands.filter(each => !isNothing(each)),
      );
    case 'case': {
      const values = operands.filter((_, index) => index % 2 === 1 || index === operands.length - 1);
      return values.every(isNothing) ? missing : withOperands(scalar, operands);
    }
    case 'is_null':
    case 'and':
    case 'or':
    case 'greatest':
    case 'least':
    case 'in':
    case 'nullif':
      return withOperands(scalar, operands);
    default:
      return operands.some(isNothing) ? missing : withOperands(scalar, operands);
  }
}

function firstKnown(type: ExpressionType, operands: readonly Scalar[]): Scalar {
  const [first, ...others] = operands;
  if (first === undefined) return constant(type, null);
  return others.length === 0 || first.kind === 'constant' ? first : call('coalesce', type, ...operands);
}

export function isNothing(scalar: Scalar): boolean {
  return scalar.kind === 'constant' && scalar.value === null;
}
