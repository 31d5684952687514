/** What follows from what on one row: an expression and others in, whether it tells one of them, or what that is the key of. */
import type { ColumnReference, Model, RowExpression } from '../model.ts';
import { own } from '../record.ts';
import { behind, columnsOf, tableAt } from '../resolve/index.ts';

/** Whether anything in an expression on the rows of a table is in one of the others, or in a row that one of them leads to. */
export function tellsAny(
  expression: RowExpression,
  others: readonly RowExpression[],
  table: string,
  model: Model,
): boolean {
  const keys = new Set(others.flatMap(each => columnsIn(each, model)).map(nameOf));
  const key = own(model.tables, table)?.key ?? [];
  const isOfItself = key.length > 0 && key.every(column => keys.has(nameOf({ joins: [], column })));
  return isOfItself || columnsIn(expression, model).some(column => isTold(column, keys, table, model));
}

function isTold({ joins, column }: ColumnReference, keys: ReadonlySet<string>, table: string, model: Model): boolean {
  if (keys.has(nameOf({ joins, column }))) return true;
  return joins.some((name, index) => {
    const before = joins.slice(0, index);
    const join = own(own(model.tables, tableAt(model.tables, table, before))?.joins ?? {}, name);
    const sides = join?.on.flatMap(({ here }) => columnsIn(behind(before, here), model)) ?? [];
    return sides.some(side => isTold(side, keys, table, model));
  });
}

function nameOf({ joins, column }: Pick<ColumnReference, 'joins' | 'column'>): string {
  return [...joins, column].join('.');
}

/** The columns that an expression reads, with those behind computed columns. */
function columnsIn(expression: RowExpression, model: Model): readonly ColumnReference[] {
  return columnsOf(expression).flatMap(each => {
    const source = own(own(model.tables, each.table)?.columns ?? {}, each.column)?.source;
    return source?.kind === 'computed' ? [each, ...columnsIn(behind(each.joins, source.formula), model)] : [each];
  });
}
