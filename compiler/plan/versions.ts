/**
 * Versions of slowly changing rows: which one a join finds. It is the one valid on a date of the row that joins, or at
 * the moment at which a stock is read. Versions of one key do not overlap, so that a join finds one at most.
 */
import type { Lifespan, Model, MomentName, RowExpression } from '../model.ts';
import { own } from '../record.ts';
import { rowOperands } from '../resolve/index.ts';
import type { Clock } from './clock.ts';
import type { Scalar } from './plan.ts';
import { call, some } from './scalar.ts';

/** How rows are read: what `period_start` and its like are, and which versions of slowly changing rows are found. */
export interface Reading {
  readonly moment: (name: MomentName) => Scalar;
  readonly version: VersionDate;
}

/**
 * The own date of each row, or one moment for all: the start of the day `next`. In a stock that moment stands in for the
 * dates of joins as well.
 */
export type VersionDate =
  | { readonly kind: 'own'; readonly date: RowExpression | null }
  | { readonly kind: 'moment'; readonly next: Next; readonly isStock: boolean };

/** The start of the day at which something is read, as a date or as an instant. */
export type Next = (type: 'date' | 'timestamp') => Scalar;

export interface Ends {
  readonly from: Scalar;
  readonly until: Scalar;
}

/** Rows that are read by themselves, outside of any interval. */
export function ownReading(date: RowExpression | null): Reading {
  const moment = (name: MomentName): never => {
    throw new Error(`${name} was planned where no interval is read`);
  };
  return { moment, version: { kind: 'own', date } };
}

/** That a version is valid when a day begins that is read no more. */
export function validAt({ from, until }: Ends, next: Next, clock: Clock): readonly Scalar[] {
  return clock.alive(from, until, next);
}

/** That a version is valid on a date, from its first day on and before its last; timestamps are compared as they are. */
export function validOn({ from, until }: Ends, date: Scalar): readonly Scalar[] {
  const compared = (name: 'less_or_equal' | 'less', left: Scalar, right: Scalar) => {
    const areInstants = left.type === 'timestamp' && right.type === 'timestamp';
    return areInstants ? call(name, 'boolean', left, right) : call(name, 'boolean', dayOf(left), dayOf(right));
  };
  return [
    compared('less_or_equal', from, date),
    some([call('is_null', 'boolean', until), compared('less', date, until)]),
  ];
}

/** The local day of a timestamp; a date is one. */
export function dayOf(moment: Scalar): Scalar {
  return moment.type === 'timestamp' ? call('date', 'date', moment) : moment;
}

/** Whether an expression on the rows of a table reads versions that differ by when or by what it is read. */
export function readsVersions(expression: RowExpression, table: string, model: Model): boolean {
  if (expression.kind !== 'column') return rowOperands(expression).some(each => readsVersions(each, table, model));
  let at = table;
  for (const name of expression.joins) {
    const join = own(own(model.tables, at)?.joins ?? {}, name);
    if (join === undefined) return false;
    if (join.version !== null && join.version.kind !== 'now') return true;
    if (join.on.some(({ here }) => readsVersions(here, at, model))) return true;
    at = join.to;
  }
  const source = own(own(model.tables, at)?.columns ?? {}, expression.column)?.source;
  return source?.kind === 'computed' && readsVersions(source.formula, at, model);
}

/** A join in what an expression reads that finds a version by the own date of the measure, as it would be written; null where there is none. */
export function ownJoinIn(expression: RowExpression, table: string, model: Model): string | null {
  if (expression.kind !== 'column')
    return (
      rowOperands(expression)
        .map(each => ownJoinIn(each, table, model))
        .find(each => each !== null) ?? null
    );
  let at = table;
  for (const [index, name] of expression.joins.entries()) {
    const join = own(own(model.tables, at)?.joins ?? {}, name);
    if (join === undefined) return null;
    const { on, version, to } = join;
    if (version?.kind === 'own') return expression.joins.slice(0, index + 1).join('.');
    const read = [...on.map(({ here }) => here), ...(version?.kind === 'date' ? [version.date] : [])];
    const holder = at;
    const found = read.map(each => ownJoinIn(each, holder, model)).find(each => each !== null);
    if (found != null) return found;
    at = to;
  }
  const source = own(own(model.tables, at)?.columns ?? {}, expression.column)?.source;
  return source?.kind === 'computed' ? ownJoinIn(source.formula, at, model) : null;
}

/** What decides when a row of a table is there at all. */
export function validityOf(table: string, model: Model): Lifespan | null {
  return own(model.tables, table)?.valid ?? null;
}
