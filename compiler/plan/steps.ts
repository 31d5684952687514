/** What rows are joined with beside the tables that they point to: the rate of a day, and the event that follows. */
import { type Bounds, dayAfter, lengthOf } from '../calendar/index.ts';
import type { ExpressionType, Following, Join, Model, Rates, RowExpression, Table } from '../model.ts';
import { own } from '../record.ts';
import type { Clock } from './clock.ts';
import type { AggregateRelation, AliasRelation, Relation, Scalar } from './plan.ts';
import { call, column, constant, operandsOf } from './scalar.ts';
import { dayOf } from './versions.ts';

export interface JoinStep {
  readonly alias: string;
  /** The aliases that its conditions read. */
  readonly needs: readonly string[];
  readonly joined: (input: Relation) => Relation;
}

/** The rows of a table, as expressions are read from them. */
export interface RowReader {
  readonly table: Table;
  readonly scalar: (expression: RowExpression) => Scalar;
  readonly conditions: (expression: RowExpression) => readonly Scalar[];
  readonly named: (column: string) => Scalar;
  readonly relation: () => Relation;
}

export interface RateAt {
  readonly alias: string;
  readonly from: Scalar;
  readonly to: string;
  readonly day: Scalar;
}

export interface FollowedAt {
  readonly alias: string;
  readonly following: Following;
  /** Whether rows that are not followed may be left out. */
  readonly isFilter: boolean;
  /** The time of the row that is followed. */
  readonly time: RowExpression;
  /** The days on which the rows lie that are asked about. */
  readonly bounds: Bounds;
}

function unitWord(unit: string): string {
  return unit === 'half' ? 'halves' : `${unit}s`;
}

/** The last rate on or before a day. */
export function rateStep({ alias, from, to, day }: RateAt, rates: Rates, rows: RowReader): JoinStep {
  const read = (name: string) => rows.named(name);
  const columns = [
    { name: 'currency', value: read(rates.from) },
    { name: 'day', value: read(rates.on) },
    { name: 'rate', value: read(rates.rate) },
  ];
  const ofTarget = call('equal', 'boolean', read(rates.to), constant('string', to));
  const isKnown = call('not', 'boolean', call('is_null', 'boolean', read(rates.rate)));
  const input: Relation = { kind: 'filter', input: rows.relation(), conditions: [ofTarget, isKnown] };
  const other: AliasRelation = { kind: 'alias', input: { kind: 'project', input, columns }, alias };
  const on = [{ left: from, right: column('currency', 'string', alias) }];
  const at = column('day', 'date', alias);
  if (day.kind === 'constant' || day.kind === 'parameter') {
    const last = lastRates(read(rates.from), read(rates.on), read(rates.rate));
    const until = call('less_or_equal', 'boolean', read(rates.on), day);
    const known: Relation = { kind: 'filter', input, conditions: [until] };
    const other: AliasRelation = { kind: 'alias', input: { kind: 'aggregate', input: known, ...last }, alias };
    return {
      alias,
      needs: aliasesIn(from),
      joined: rows => ({ kind: 'join', input: rows, other, on, conditions: [] }),
    };
  }
  const needs = [...aliasesIn(from), ...aliasesIn(day)];
  return { alias, needs, joined: input => ({ kind: 'nearest', input, other, on, moment: day, at }) };
}

/** Where the day is the same for all rows, each currency has one rate: the last. */
function lastRates(currency: Scalar, day: Scalar, rate: Scalar): Pick<AggregateRelation, 'keys' | 'measures'> {
  const last = { aggregate: 'last', arguments: [rate], order: [day], filter: null, type: rate.type } as const;
  return { keys: [{ name: 'currency', value: currency }], measures: [{ ...last, name: 'rate' }] };
}

/** Whether an event of another table, or another of the same, follows a row. */
export function followedStep(
  { alias, following, time, isFilter, bounds }: FollowedAt,
  row: RowReader,
  rows: RowReader,
  clock: Clock,
): JoinStep {
  const { table, by, within, where } = following;
  const isByDay = time.type === 'date' || following.time.type === 'date';
  const moment = isByDay ? dayOf(row.scalar(time)) : row.scalar(time);
  const then = isByDay ? dayOf(rows.scalar(following.time)) : rows.scalar(following.time);
  const keys = by.map(({ here, there }, index) => ({
    name: `key_${index + 1}`,
    here: row.scalar(here),
    there: rows.scalar(there),
  }));
  const isSameTable = table === row.table.name;
  const itself = (isSameTable ? row.table.key : []).map((name, index) => ({
    name: `row_${index + 1}`,
    here: row.named(name),
    there: rows.named(name),
  }));
  const columns = [
    ...[...keys, ...itself].map(({ name, there }) => ({ name, value: there })),
    { name: 'moment', value: then },
  ];
  const conditions = [
    ...clock.within(then, boundsAfter(bounds, within)),
    ...(where === null ? [] : rows.conditions(where)),
  ];
  const source = rows.relation();
  const kept: Relation = conditions.length === 0 ? source : { kind: 'filter', input: source, conditions };
  const other: AliasRelation = { kind: 'alias', input: { kind: 'project', input: kept, columns }, alias };
  const paired = (all: typeof keys) =>
    all.map(({ name, here }) => ({ left: here, right: column(name, here.type, alias) }));
  const until: Scalar | null =
    within === null
      ? null
      : call('add', moment.type, moment, {
          kind: 'interval',
          amount: String(within.amount),
          unit: unitWord(within.unit),
          type: 'duration',
        });
  const needs = [...keys, ...itself].flatMap(({ here }) => aliasesIn(here)).concat(aliasesIn(moment));
  const at = column('moment', moment.type, alias);
  return {
    alias,
    needs,
    joined: input => ({
      kind: 'followed',
      isFilter,
      input,
      other,
      on: paired(keys),
      moment,
      at,
      until,
      except: paired(itself),
    }),
  };
}

/** Null stays null, the same currency stays as it is, and an amount without a rate fails. */
export function convertedAmount({ value, code, to, day, rate }: RateAmount, type: ExpressionType): Scalar {
  const target = constant('string', to);
  return call(
    'case',
    type,
    ...[call('is_null', 'boolean', value), constant(type, null)],
    ...[call('equal', 'boolean', code, target), value],
    ...[call('is_null', 'boolean', rate), call('no_rate', type, code, target, day)],
    call('multiply', type, call('widened', value.type, value), rate),
  );
}

/** An amount in the currency `code`, and what one of it is worth in the currency `to` on a day. */
interface RateAmount {
  readonly value: Scalar;
  readonly code: Scalar;
  readonly to: string;
  readonly day: Scalar;
  readonly rate: Scalar;
}

/** The rows of which it is asked what follows them. */
export interface FollowedRows {
  /** Whether those that nothing follows stay. */
  readonly keeps: 'all' | 'followed';
  /** The days on which they lie. */
  readonly bounds: Bounds;
}

/** The last of the joins on a path. */
export function joinAt(path: readonly string[], from: Table, model: Model): Join {
  let table: Table = from;
  let join: Join | undefined;
  for (const step of path) {
    join = own(table.joins, step);
    const next = own(model.tables, join?.to ?? '');
    if (next === undefined) break;
    table = next;
  }
  if (join === undefined) throw new Error(`no join ${path.join('.')} from ${from.name}`);
  return join;
}

/** Where all lies that may follow rows of an interval. Zones and the ends of months move it by less than two days. */
function boundsAfter({ from, until }: Bounds, within: Following['within']): Bounds {
  if (until === null || within === null) return { from, until: null };
  const { amount, unit } = within;
  const isShort = unit === 'hour' || unit === 'minute';
  const length = isShort ? lengthOf(Math.ceil(amount / (unit === 'hour' ? 24 : 1440)), 'day') : lengthOf(amount, unit);
  return { from, until: dayAfter(until, length) + 2 };
}

/** The aliases whose columns a scalar reads. */
export function aliasesIn(scalar: Scalar): readonly string[] {
  if (scalar.kind === 'column') return scalar.from === null ? [] : [scalar.from];
  return operandsOf(scalar).flatMap(aliasesIn);
}
