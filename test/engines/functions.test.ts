/** Functions and aggregates over awkward values: every engine gives what the oracle gives, in several time zones. */
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import {
  bindQuery,
  dialectNamed,
  type Model,
  plan,
  type Query,
  readDocument,
  render,
  resolve,
  type Statement,
} from '../../compiler/index.ts';
import { decodeAnswer } from '../../runtime/answer.ts';
import type { RawAnswer } from '../../runtime/engine.ts';
import * as duckdb from '../../runtime/engines/duckdb/connection.ts';
import * as postgres from '../../runtime/engines/postgres/session.ts';
import { answer } from '../oracle/answer.ts';
import { difference } from '../oracle/compare.ts';
import { oracleValue } from '../oracle/warehouse.ts';
import { database } from '../support/postgres.ts';

const now = { day: 19_813, hour: 23 };

const columns = {
  id: 'integer',
  t: 'string',
  u: 'string',
  i: 'integer',
  j: 'integer',
  d: 'decimal',
  e: 'decimal',
  x: 'float',
  y: 'float',
  day: 'date',
  other: 'date',
  at: 'timestamp',
  until: 'timestamp',
  b: 'boolean',
  part: 'integer',
} as const;

const physical: Readonly<Record<string, string>> = {
  string: 'varchar',
  integer: 'bigint',
  decimal: 'decimal(18, 3)',
  float: 'double precision',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
};

/** Values of each type that some engine or other takes for something else; rows are made of them in several orders. */
const values: Readonly<Record<(typeof columns)[keyof typeof columns], readonly (string | null)[]>> = {
  string: [...listOf(`x; é; Zoë; a%b; a_b; a\\b; it's; 日本; 😀😀; B; abc; é; X`), null, '', ' a ', '\t'],
  integer: [...listOf(`0; 1; -1; 7; -7; 2; 3; 10; -2; 13; 100; -100; 45; 5`), null],
  decimal: [...listOf(`0; 0.001; -2.5; 2.5; 0.5; -0.5; 1234.567; 99.995; -99.995; 1; 100000.125; 7; 0.333`), null],
  float: [
    ...listOf(
      `0; 0.1; -2.5; 2.5; 0.49999999999999994; 2.675; 1.005; 1e15; 123456.789; -0.75; 3; 1e-7; 35; 1e-300; 1e300`,
    ),
    null,
  ],
  date: [
    ...listOf(`2024-02-29; 2024-03-31; 1899-12-31; 1700-03-01; 2199-12-31; 2024-12-30; 2023-01-01; 2024-03-30; 1970-01-01;
    2024-10-27; 2024-05-31; 2024-06-01`),
    null,
  ],
  timestamp: [
    ...listOf(`2024-03-31 00:59:59.999999; 2024-03-31 01:00:00; 2024-10-27 00:30:00; 2024-10-27 01:30:00;
    1969-12-31 23:59:59.999999; 2024-02-29 22:59:59; 2024-01-01 00:00:00; 2023-12-31 18:14:59; 2024-07-01 03:45:00.5;
    1900-06-15 12:00:00`),
    null,
  ],
  boolean: [...listOf(`true; false`), null],
};

type Cells = Readonly<Record<string, string | null>>;

/** Each column goes through its values at a pace of its own, so that they meet in many pairs. */
const rows: readonly Cells[] = Array.from({ length: 72 }, (_, index) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, type], place): [string, string | null] => {
      if (name === 'id') return [name, String(index + 1)];
      if (name === 'part') return [name, String(index % 9)];
      const all = values[type];
      return [name, all[(index * (place + 1) + Math.floor(index / all.length) * place) % all.length] ?? null];
    }),
  ),
);

/** Formulas apart at semicolons. */
function listOf(text: string): readonly string[] {
  return text.split(';').map(formula => formula.trim());
}

const formulas = {
  text: listOf(`
    upper(t); lower(t); trim(replace(t, '\t', 'tab')); length(t); concat(t, '-', u); concat(t, u); substring(t, 2);
    substring(t, 2, 1); substring(t, 1, 0); substring(t, 3, j * 0 + 2); substring(t, 0, 2);
    substring(t, length(u) + 1); replace(t, 'a', 'bb'); contains(t, u); contains(t, ''); starts_with(t, u);
    ends_with(t, u); ends_with(t, ''); t like 'a%'; t like u; t like '%\\%'; t like 'a\\_b'; t like '_'; t like '%';
    t = u; t <> u; t < u; t <= u; t > u; t >= u; t >= 'a'; 'a' < t; t between 'B' and 'a'; greatest(t, u);
    least(t, u); greatest(t, 'b', u); t in ('x', 'é', ''); t not in ('x', 'é'); nullif(t, ''); coalesce(t, u, 'none');
    if(b, t, u); case when t = 'x' then 'one' when t = '' then u else 'other' end; t is null; t is not null;
    upper(t) < lower(u); length(concat(t, u)) * 2
  `),
  whole: listOf(`
    i + j; i - j; i * j; i / j; i % j; -i; abs(i); round(i); round(i, 0); round(i, -1); round(i, -2); round(i, 1);
    floor(i); ceil(i); sqrt(i); ln(i); exp(i); power(i, j); power(i, 0.5); i = j; i < j; i > 2.5; i in (1, 7, 2);
    i between -1 and 7; greatest(i, j); least(i, j, 0); nullif(i, j); coalesce(i, j, 0); if(i > j, i, j);
    bucket(i, 0, 5, 10); i * 1000000000000; (i + j) / (i - j); 1 / i; i / 2; -i - -j; i - (j - 1); i / j / 2;
    i / (j / 2); i % 3; -7 % i
  `),
  decimals: listOf(`
    d + e; d - e; d * e; d / e; d % e; -d; abs(d); round(d); round(d, 0); round(d, 1); round(d, 2); round(d, 5);
    round(d, -1); round(d, -2); floor(d); ceil(d); sqrt(d); ln(d); exp(d / 1000); power(d, 2); d = e; d < e; d + i;
    d * i; d / i; d % i; d > i; greatest(d, e); least(d, i); nullif(d, e); nullif(d, 0); coalesce(d, i);
    coalesce(d, 0.5); if(b, d, i); bucket(d, -2.5, 0, 99.995); d * 0.001; d in (1, 2.5, 7); d between -2.5 and 2.5;
    d % 0.3
  `),
  floats: listOf(`
    x + y; x - y; x * 2; x / 3; x / y; -x; abs(x); round(x); round(x, 1); round(x, 2); round(x, -1); round(x * 10, 0);
    round(d / 3, 2); round(i / 7, 3); floor(x); ceil(x); sqrt(x); ln(x); exp(x); exp(-x); power(x, 2); power(x, y);
    power(x, -1); power(x, 0.5); power(2, x); power(d, e); power(i, d); x = y; x < y; x + d; x * i; x / d; d / x;
    x > d; greatest(x, y); greatest(x, d, i); least(x, 1); nullif(x, y); nullif(x, 0); coalesce(x, d, i); if(b, x, i);
    bucket(x, 0, 1, 2.675); x between 0 and 3; x in (0.1, 2.5); x is null; round(x, i % 3); sqrt(d / i)
  `),
  dates: listOf(`
    day - other; day + 3 days; day - 1 month; day + 1 month; day + 2 quarters; day - 1 year; day + 2 weeks;
    day + 1 half; year(day); quarter(day); month(day); day(day); weekday(day); days_between(day, other);
    months_between(day, other); working_days(day, other); add_days(day, i); add_months(day, i); add_months(day, -j);
    date(day); day = other; day < other; day >= 2024-03-31; day between 1970-01-01 and 2024-03-30;
    day in (2024-02-29, 1899-12-31); greatest(day, other); least(day, other); coalesce(day, other);
    nullif(day, 2024-02-29); if(b, day, other); day is null; (day - other) / 7; day - 31 days - other;
    date_trunc(day, day); date_trunc(week, day); date_trunc(month, day); date_trunc(quarter, day);
    date_trunc(half, day); date_trunc(year, day); date_trunc(fiscal_quarter, day); date_trunc(fiscal_half, day);
    date_trunc(fiscal_year, day)
  `),
  timestamps: listOf(`
    at - until; at + 36 hours; at - 90 minutes; at + 1 month; at - 1 year; at + 2 days; at + 1 week; date(at);
    year(at); quarter(at); month(at); day(at); weekday(at); days_between(at, until); months_between(at, until);
    working_days(at, until); hours_between(at, until); minutes_between(at, until); add_days(at, i); add_months(at, i);
    at = until; at < until; at >= 2024-03-31; at = 2024-10-27; at > 2024-03-31; at between 2024-03-30 and 2024-10-27;
    at < day; day <= at; days_between(day, at); day - at; greatest(at, until); coalesce(at, until); coalesce(day, at);
    if(b, at, until); at is null; date_trunc(hour, at); date_trunc(day, at); date_trunc(week, at);
    date_trunc(month, at); date_trunc(quarter, at); date_trunc(half, at); date_trunc(year, at);
    date_trunc(fiscal_quarter, at); date_trunc(fiscal_half, at); date_trunc(fiscal_year, at)
  `),
  logic: listOf(`
    b; not b; b and i > 0; b or i > 0; b = (i > 0); b <> (i > 0); b is null; not (b and t = u); b in (true);
    coalesce(b, false); if(b, 1, 0); if(b is null, null, 2.5); case when b then i end; b and null; b or null; true;
    nullif(b, true)
  `),
};

const aggregates = listOf(`
  count(v); count(v.t); count(distinct v.t); count(distinct v.d); count(distinct v.x); count(distinct v.b);
  count(distinct v.day); count(distinct v.at); sum(v.i); sum(v.d); sum(v.x where x < 10000000000); sum(v.d * v.e);
  sum(v.i / v.j); avg(v.i); avg(v.d); avg(v.x where x < 10000000000); min(v.i); max(v.d); min(v.x); max(v.t);
  min(v.t); max(upper(v.t)); min(v.day); max(v.at); median(v.i); median(v.d); median(v.x where x < 10000000000);
  percentile(v.d, 0.9); percentile(v.i, 0); percentile(v.i, 1); percentile(v.x where x < 10000000000, 0.333);
  stddev(v.i); variance(v.i); stddev(v.d); variance(v.d); stddev(v.x where x < 1000000);
  variance(v.x where x < 1000000); variance(v.x where x = 0.1); 1 / stddev(v.x where x = 0.1); stddev(v.x where x = 2.675); corr(v.i, v.j);
  corr(v.i, v.d); corr(v.x, v.i where x < 1000000); corr(v.x, v.i where x = 0.1); corr(v.i, v.i * 2); first(v.t);
  last(v.t); first(v.d); last(v.x); first(v.b); last(v.day); any(v.b); all(v.b); any(v.i > 50); all(v.t is not null)
`);

const zones = ['UTC', 'Europe/Madrid', 'America/St_Johns'];
const calendars = [
  { week_starts: 'monday', fiscal_year_starts: 'february' },
  { week_starts: 'sunday', fiscal_year_starts: 'october' },
  { week_starts: 'wednesday', fiscal_year_starts: 'april' },
];

function modelOf(definitions: unknown): Model {
  const read = readDocument({ path: 'metrics.yaml', text: JSON.stringify(definitions) }, 'project');
  if (read.document === null) throw new Error(JSON.stringify(read.diagnostics));
  const { model, diagnostics } = resolve([read.document]);
  expect([...read.diagnostics, ...diagnostics].map(({ message, path }) => `${path}: ${message}`)).toEqual([]);
  return model;
}

const models = new Map<number, Model>();

function modelIn(zone: number): Model {
  const known = models.get(zone);
  if (known !== undefined) return known;
  const computed = Object.fromEntries(
    Object.entries(formulas).flatMap(([family, all]) =>
      all.map((formula, index) => [`${family}_${index + 1}`, { formula }]),
    ),
  );
  const definitions = {
    version: 1,
    name: 'functions',
    time_zone: zones[zone],
    calendar: calendars[zone],
    tables: { v: { from: 'v', key: 'id', time: 'at', columns: { ...columns, ...computed } } },
    metrics: Object.fromEntries(aggregates.map((formula, index) => [`m${index + 1}`, { formula }])),
  };
  const model = modelOf(definitions);
  models.set(zone, model);
  return model;
}

const fill = [
  `create table v (${Object.entries(columns)
    .map(([name, type]) => `"${name}" ${physical[type]}`)
    .join(', ')})`,
  `insert into v values ${rows
    .map(
      row =>
        `(${Object.entries(columns)
          .map(([name, type]) => literal(row[name] ?? null, type))
          .join(', ')})`,
    )
    .join(', ')}`,
].join(';\n');

function literal(cell: string | null, type: string): string {
  return cell === null ? 'null' : `'${cell.replaceAll("'", "''")}'::${physical[type]}`;
}

function cellOf(type: string, cell: string | null) {
  return type === 'boolean' && cell !== null ? cell === 'true' : cell;
}

const data = {
  v: rows.map(row =>
    Object.fromEntries(
      Object.entries(columns).map(([name, type]) => [name, oracleValue(type, cellOf(type, row[name] ?? null))]),
    ),
  ),
};

const opened = new Map<string, Promise<(statement: Statement) => Promise<RawAnswer>>>();

/** The rows of a statement, from an engine that holds the table. */
async function ask(engine: string, statement: Statement): Promise<RawAnswer> {
  const asking = opened.get(engine) ?? (engine === 'duckdb' ? openDuckDB() : openPostgres());
  opened.set(engine, asking);
  return (await asking)(statement);
}

async function openDuckDB() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run("set timezone = 'UTC'");
  await connection.run(fill);
  return ({ sql, parameters }: Statement) => duckdb.fetchRows(connection, sql, parameters, 1000);
}

async function openPostgres() {
  const { client } = await database();
  await client.query(fill);
  await client.query("set timezone = 'UTC'");
  return ({ sql, parameters }: Statement) => postgres.fetchRows(client, sql, parameters, 1000);
}

/** What an engine answers otherwise than the oracle; null where it does not. */
async function differs(engine: string, model: Model, query: Query): Promise<string | null> {
  const dialect = dialectNamed(engine);
  const bound = bindQuery(model, query, now);
  const planned = plan(model, query, now);
  if (dialect === null || bound.query === null || planned.plan === null)
    throw new Error(JSON.stringify(bound.diagnostics));
  const statement = render(planned.plan, dialect);
  try {
    const raw = await ask(engine, statement);
    return difference(answer(bound.query, { model, data }), decodeAnswer(planned.plan, raw, '', 0));
  } catch (error) {
    return `${String(error)}\n${statement.sql}`;
  }
}

/** Formulas that are asked together: a question of its own for each would take long. */
function inChunks<T>(all: readonly T[]): readonly (readonly T[])[] {
  const size = 8;
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

/** What no engine's own rules settle alike, worked out by hand: the row's text `t` or number `x`, and the value of the formula. */
const settled: readonly (readonly [given: string, formula: string, expected: string | number | boolean | null])[] = [
  ['Straße', 'upper(t)', 'STRAẞE'],
  ['ǰŉﬁև', 'upper(t)', 'ǰŉﬁև'],
  ['ᾳῃῳᾀ', 'upper(t)', 'ᾼῌῼᾈ'],
  ['éñжλ', 'upper(t)', 'ÉÑЖΛ'],
  ['İIÉ', 'lower(t)', 'iié'],
  ['ΟΔΟΣ', 'lower(t)', 'οδοσ'],
  ['\u00a0 x\u3000', 'trim(t)', 'x'],
  ['\tx\n', 'trim(t)', '\tx\n'],
  ['hello', 'substring(t, -2)', 'lo'],
  ['hello', 'substring(t, -2, 1)', 'l'],
  ['hello', 'substring(t, 2, -1)', 'h'],
  ['hello', 'substring(t, length(t) - 9)', 'ello'],
  ['abc', "replace(t, '', 'x')", 'abc'],
  ['a%c', "t like 'a\\%c'", false],
  ['0', 'power(x, -1)', null],
  ['-8', 'power(x, 1 / 3)', null],
  ['-8', 'power(x, 3)', -512],
  ['0', 'power(x, 0)', 1],
  ['1e200', 'power(x, 2)', null],
  ['1e-200', 'power(x, 2)', 0],
  ['-1e200', 'power(x, 3)', null],
  ['1000', 'exp(x)', null],
  ['-1000', 'exp(x)', 0],
  ['709', 'exp(x)', Math.exp(709)],
  ['0.5', 'round(x)', 1],
  ['-2.5', 'round(x)', -3],
  ['0.49999999999999994', 'round(x)', 0],
  ['1.005', 'round(x, 2)', 1],
  ['9007199254740993', 'round(x)', 9007199254740992],
];

describe.each(['duckdb', 'postgres'])('%s', engine => {
  describe.each(Object.entries(formulas))('%s', (family, all) => {
    const named = all.map((formula, index) => ({ formula, name: `v.${family}_${index + 1}` }));
    test.each(inChunks(named).map(chunk => [chunk.map(({ formula }) => formula).join('; '), chunk] as const))(
      '%s',
      async (_, chunk) => {
        for (const zone of (family === 'timestamps' ? zones : zones.slice(0, 1)).keys()) {
          // The oracle's hours begin with those of universal time.
          const asked = chunk.filter(({ formula }) => zone === 0 || formula !== 'date_trunc(hour, at)');
          const query = { metrics: ['m1'], by: ['id', ...asked.map(({ name }) => name)] };
          expect(await differs(engine, modelIn(zone), query)).toBeNull();
        }
      },
    );
  });

  test.each(aggregates.map((formula, index) => [formula, `m${index + 1}`] as const))('%s', async (_, name) => {
    const model = modelIn(0);
    expect(await differs(engine, model, { metrics: [name] })).toBeNull();
    expect(await differs(engine, model, { metrics: [name], by: ['v.part'] })).toBeNull();
  });

  test.each(settled)('of %j, %s is %j', async (given, formula, expected) => {
    const isNumber = !Number.isNaN(Number(given));
    const from = `select '${given}'::${isNumber ? 'double precision' : 'varchar'} as ${isNumber ? 'x' : 't'}`;
    const column = isNumber ? { x: 'float' } : { t: 'string' };
    const table = { sql: from, key: Object.keys(column)[0], columns: { ...column, value: { formula } } };
    const metrics = { value: { formula: `first(one.value)` } };
    const model = modelOf({ version: 1, name: 'settled', tables: { one: table }, metrics });
    const planned = plan(model, { metrics: ['value'] }, now);
    const dialect = dialectNamed(engine);
    if (planned.plan === null || dialect === null) throw new Error(JSON.stringify(planned.diagnostics));
    const raw = await ask(engine, render(planned.plan, dialect));
    const [[value = null] = []] = decodeAnswer(planned.plan, raw, '', 0).rows;
    if (typeof expected === 'number') expect(value).toBeCloseTo(expected, 9);
    else expect(value).toBe(expected);
  });
});
