/** Expressions that depend on the interval on which they are read, by themselves or by a computed column. */
import type { RowExpression } from '../model.ts';
import type { Scope } from './scope.ts';
import { rowOperands } from './walk.ts';

export function readsInterval(expression: RowExpression, scope: Scope): boolean {
  if (expression.kind === 'moment') return true;
  if (expression.kind !== 'column') return rowOperands(expression).some(each => readsInterval(each, scope));
  const source = scope.column(expression.table, expression.column)?.source;
  return source?.kind === 'computed' && readsInterval(source.formula, scope);
}
