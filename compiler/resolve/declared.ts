/** Formulas that tables declare: what is computed from a row, and what must be a time. */
import { notATime, timeOfPeriod } from '../diagnostics/index.ts';
import { spanOf, spanWithin, type TableDeclaration, type Text } from '../document/index.ts';
import { parseFormula } from '../formula/index.ts';
import { errorNode, type Lifespan, type RowExpression } from '../model.ts';
import { readsInterval } from './interval.ts';
import { typeText } from './meeting.ts';
import { type RowContext, resolveRow, rowsOf } from './row.ts';
import type { Scope } from './scope.ts';

export function rowFormula(
  text: Text,
  table: TableDeclaration,
  scope: Scope,
  more: Partial<RowContext> = {},
): RowExpression {
  const locate = (at: readonly [number, number]) => spanWithin(table.file, text, at);
  const context = { ...rowsOf(scope, table.name.text, locate), ...more };
  return resolveRow(parseFormula(text.text, locate, scope.report), scope, context);
}

export function spanOfTime(
  span: { readonly from: Text; readonly until: Text },
  what: string,
  table: TableDeclaration,
  scope: Scope,
): Lifespan | null {
  const [from, until] = [timeAxis(span.from, what, table, scope), timeAxis(span.until, what, table, scope)];
  return from.type === 'unknown' || until.type === 'unknown' ? null : { from, until };
}

export function timeAxis(text: Text, what: string, table: TableDeclaration, scope: Scope): RowExpression {
  const axis = rowFormula(text, table, scope);
  if (axis.type === 'unknown') return axis;
  if (readsInterval(axis, scope)) {
    scope.report(timeOfPeriod(spanOf(table.file, text.at), { what }));
    return errorNode;
  }
  if (axis.type === 'date' || axis.type === 'timestamp') return axis;
  scope.report(notATime(spanOf(table.file, text.at), { what, found: typeText(axis.type) }));
  return errorNode;
}
