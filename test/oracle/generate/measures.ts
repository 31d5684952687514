/** Random measures: aggregates over the rows of one table, flows and stocks, with days of the interval in them. */
import { chance, count, type Gen, pick } from './choose.ts';
import { conversions } from './conversions.ts';
import { full } from './expressions.ts';
import { money } from './money.ts';
import { before } from './previous.ts';
import { columnTypes, type TableName } from './rows.ts';
import type { Shape } from './shape.ts';
import type { Form, Written } from './written.ts';

const { condition, moment, number, text } = full;

const lifespans: Readonly<Record<TableName, readonly string[]>> = {
  teams: [],
  reps: ['employed', 'employed', 'served'],
  accounts: [],
  deals: ['open', 'warm', 'kept'],
  calls: [],
  quotas: [],
};

/** Conditions that depend on the interval on which they are read. */
const movingConditions: Readonly<Record<TableName, readonly string[]>> = {
  teams: [],
  reps: ['hired_on <= period_end', 'left_on is null or left_on > as_of'],
  accounts: [],
  deals: [
    'created_on <= period_end',
    'closed_on is null or closed_on > period_end',
    'age > 30',
    "age_band = '0 to < 30'",
    'touched_at < as_of',
    'created_on >= period_start',
    'created_on < period_end - 1 month',
  ],
  calls: ['called_at >= period_start', 'days_between(called_at, period_end) < 10'],
  quotas: ['month <= as_of', 'month >= period_start'],
};

const axes = ['created_on', 'closed_on', 'touched_at', 'known_on'] as const;

export function measure(g: Gen, table: TableName, allowed: readonly Form[], { versions }: Shape): Written {
  const often = allowed.length < 4 ? 50 : 10;
  const isEvent = table === 'deals' || table === 'calls' || table === 'quotas';
  if (isEvent && allowed.includes('conversions') && chance(g, often)) return counting(conversions(g, table), table);
  if (table === 'deals' && allowed.includes('currency') && chance(g, often)) return money(g, allowed);
  if (isEvent && allowed.includes('previous') && chance(g, often / 2)) return takenBefore(g, table);
  // Of what changes slowly all measures are stocks, but those that count by a date.
  const isVersioned = table === 'reps' && versions !== 'none';
  const isHired = isVersioned && chance(g, 30);
  const isSpan = !isHired && allowed.includes('stock') && lifespans[table].length > 0 && chance(g, 30);
  const isStock = isSpan || (isVersioned && !isHired);
  const isMoving =
    allowed.includes('moment') && movingConditions[table].length > 0 && (isStock || table !== 'reps') && chance(g, 30);
  const conditions = [
    ...(chance(g, 25) ? [condition(g, table, 1)] : []),
    ...(isMoving ? [pick(g, ...movingConditions[table])] : []),
  ];
  const where = conditions.length === 0 ? '' : ` where ${conditions.map(each => `(${each})`).join(' and ')}`;
  const isAt = table === 'deals' && !isStock && chance(g, 20);
  const behind = isHired
    ? ' at hired_on'
    : isSpan
      ? ` while ${pick(g, ...lifespans[table])}`
      : isAt
        ? ` at ${pick(g, ...axes)}`
        : '';
  const { call, kind } = aggregate(g, table, where, isMoving);
  return {
    text: behind === '' ? call : `(${call}${behind})`,
    tables: [table],
    forms: [
      ...(versions === 'none' ? [] : (['versioned'] as const)),
      ...(isSpan ? (['stock'] as const) : []),
      ...(isMoving ? (['moment'] as const) : []),
    ],
    kind,
    isTimeless: table === 'reps' && !isStock && !isHired,
    hasStock: isStock,
    hasFlow: !isStock,
  };
}

function counting(text: string, table: TableName): Written {
  const traits = { isTimeless: false, hasStock: false, hasFlow: true } as const;
  return { text, tables: [table], forms: ['conversions'], kind: 'number', ...traits };
}

function takenBefore(g: Gen, table: TableName): Written {
  const taken = before(
    g,
    table,
    ...(table === 'quotas' ? ['month', 'rep_id'] : ['rep_id', 'account_id', 'rep.region']),
  );
  const call = `${pick(g, 'sum', 'max', 'avg', 'count', 'last')}(${named(table, taken)})`;
  return { ...counting(call, table), forms: ['previous'] };
}

/** A path whose first word is the table, so that the measure is one of its rows. */
function column(g: Gen, table: TableName): string {
  const path = number(g, table, 0);
  return /^[a-z]/.test(path) ? `${table}.${path}` : named(table, path);
}

function named(table: TableName, expression: string): string {
  return `if(${table}.${Object.keys(columnTypes[table])[0]} is null, null, ${expression})`;
}

function aggregate(
  g: Gen,
  table: TableName,
  where: string,
  isMoving: boolean,
): { readonly call: string; readonly kind: Written['kind'] } {
  const numeric = (call: string) => ({ call, kind: 'number' }) as const;
  const value = (call: string) => ({ call, kind: 'value' }) as const;
  if (isMoving && table === 'deals' && chance(g, 20)) return value(`${pick(g, 'sum', 'max')}(deals.age${where})`);
  switch (count(g, 0, 12)) {
    case 0:
    case 1:
      return numeric(`count(${table}${where})`);
    case 2:
    case 3:
      return numeric(`sum(${column(g, table)}${where})`);
    case 4:
      return numeric(`sum(${named(table, number(g, table, 2))}${where})`);
    case 5:
      return numeric(`count(distinct ${table}.${text(g, table)}${where})`);
    case 6:
      return numeric(`avg(${column(g, table)}${where})`);
    case 7:
      return numeric(`${pick(g, 'min', 'max')}(${column(g, table)}${where})`);
    case 8:
      return numeric(`${pick(g, 'median', 'stddev', 'variance')}(${column(g, table)}${where})`);
    case 9:
      return numeric(`percentile(${column(g, table)}, ${pick(g, '0', '0.25', '0.9', '1')}${where})`);
    case 10:
      return numeric(`${pick(g, 'first', 'last')}(${column(g, table)}${where})`);
    case 11:
      return value(`${pick(g, 'min', 'max')}(${table}.${moment(g, table) ?? text(g, table)}${where})`);
    default:
      return { call: `${pick(g, 'any', 'all')}(${named(table, condition(g, table, 0))}${where})`, kind: 'condition' };
  }
}
