/** Gathering: small groups of rows, of which each cell of one or several views adds up those that lie in it. */
import { type CellColumns, cellsAlias } from './cells.ts';
import { labelsOf } from './listed.ts';
import type { Addends } from './parts.ts';
import type { NamedAggregate, NamedScalar, Relation, Scalar } from './plan.ts';
import type { Rows } from './rows.ts';
import { call, column, constant } from './scalar.ts';
import type { MeasureUse } from './uses.ts';
import { cellsOfViews, type Views } from './views.ts';

/** A measure of a scan, or the count of its rows, with the use that it is for. */
export interface Wanted {
  readonly use: MeasureUse;
  readonly measure: NamedAggregate;
}

/** What of the rows of a scan meets the cells of its views. */
export interface Gathered {
  /** One of the measures: what they share is read from it. */
  readonly use: MeasureUse;
  readonly rows: Rows;
  readonly views: Views;
  readonly columns: CellColumns;
  readonly where: readonly Scalar[];
  readonly wanted: readonly Wanted[];
}

/** Small groups of rows under an alias, with the keys that are kept of them, and what says which cells have them. */
interface Small {
  readonly relation: Relation;
  readonly alias: string;
  readonly keys: readonly NamedScalar[];
  readonly conditions: readonly Scalar[];
}

export function gather(
  { relation, alias, keys, conditions }: Small,
  addends: Addends,
  gathered: Pick<Gathered, 'views' | 'columns'>,
): Relation {
  const { views, columns } = gathered;
  const kept = keys.map(({ name, value }) => ({ name, value: column(name, value.type, alias) }));
  const matched: Relation = {
    kind: 'match',
    input: { kind: 'alias', input: relation, alias },
    other: columns.list(cellsOfViews(views), views.listed),
    alias: cellsAlias,
    conditions,
  };
  return addends.relation(matched, [...kept, ...labelsOf(views.listed)]);
}

/** That a cell is one of those that a measure is read on; null where all are. */
export function isInView(use: MeasureUse, { all }: Views, columns: CellColumns): Scalar | null {
  if (all.length === 1) return null;
  const places = new Map(all.flatMap(({ cells }, index) => cells.map(cell => [cell, String(index + 1)] as const)));
  const view = columns.value('view', 'integer', cell => places.get(cell) ?? null);
  const index = all.findIndex(({ uses }) => uses.includes(use));
  return call('equal', 'boolean', view, constant('integer', String(index + 1)));
}
