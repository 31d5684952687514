/** Random worlds and questions: a CRM of a few tables with awkward rows, metrics over them, and queries that mean something. */
import fc from 'fast-check';
import type { Query } from '../../compiler/index.ts';

export type Gen = fc.GeneratorValue;

/** A stored value as text that both DuckDB and the oracle read, by the type of its column; null for none. */
export type Cell = string | boolean | null;
export type Rows = readonly Readonly<Record<string, Cell>>[];

export interface GeneratedWorld {
  /** The project, as the YAML that JSON is. */
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly rows: Readonly<Record<string, Rows>>;
}

export function pick<T>(g: Gen, ...options: readonly T[]): T {
  return options[g(fc.integer, { min: 0, max: options.length - 1 })] ?? fail();
}

function fail(): never {
  throw new Error('nothing to pick from');
}

function chance(g: Gen, percent: number): boolean {
  return g(fc.integer, { min: 0, max: 99 }) < percent;
}

function count(g: Gen, min: number, max: number): number {
  return g(fc.integer, { min, max });
}

function some<T>(g: Gen, options: readonly T[], most: number): readonly T[] {
  const chosen = options.filter(() => chance(g, 30));
  return chosen.slice(0, most);
}

export const columnTypes = {
  teams: { team_id: 'integer', title: 'string' },
  reps: {
    rep_id: 'string',
    name: 'string',
    region: 'string',
    level: 'integer',
    is_active: 'boolean',
    team_id: 'integer',
    manager_id: 'string',
  },
  accounts: { account_id: 'string', segment: 'string', size: 'integer', owner_id: 'string' },
  deals: {
    deal_id: 'integer',
    rep_id: 'string',
    account_id: 'string',
    stage: 'string',
    amount: 'decimal',
    quantity: 'integer',
    score: 'float',
    is_won: 'boolean',
    created_on: 'date',
    closed_on: 'date',
    touched_at: 'timestamp',
  },
  calls: {
    call_id: 'integer',
    rep_id: 'string',
    account_id: 'string',
    kind: 'string',
    minutes: 'integer',
    called_at: 'timestamp',
  },
  quotas: { rep_id: 'string', month: 'date', quota: 'decimal' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type TableName = keyof typeof columnTypes;

const repIds = ['r1', 'r2', 'r3', 'r4', 'constructor'];
const accountIds = ['a1', 'a2', 'a3', 'é'];
const texts = ['x', 'y', 'Y', '', 'é', '__proto__', "it's", '日本', '😀'];
const dates = [
  '2023-12-31',
  '2024-01-01',
  '2024-02-28',
  '2024-02-29',
  '2024-03-01',
  '2024-03-30',
  '2024-03-31',
  '2024-04-01',
  '2024-06-30',
  '2024-10-27',
  '2024-12-31',
  '2025-01-15',
];
const times = ['00:00:00', '00:59:59', '01:30:00', '12:00:00', '22:59:59', '23:00:00', '23:59:59.999999'];
const decimals = ['0', '0.01', '-0.01', '12.50', '99.99', '100', '-250.75', '1234567.89', '999999999999.99'];

function orNull(g: Gen, percent: number, make: () => Cell): Cell {
  return chance(g, percent) ? null : make();
}

const date = (g: Gen) => pick(g, ...dates);
const timestamp = (g: Gen) => `${date(g)} ${pick(g, ...times)}`;
const integer = (g: Gen, min: number, max: number) => String(count(g, min, max));

function rowsOf(g: Gen): Readonly<Record<TableName, Rows>> {
  const many = (most: number) => count(g, 0, most);
  const of = (length: number, make: (index: number) => Readonly<Record<string, Cell>>) =>
    Array.from({ length }, (_, index) => make(index));
  const teams = of(many(3), index => ({ team_id: String(index + 1), title: orNull(g, 20, () => pick(g, ...texts)) }));
  const reps = repIds.slice(0, many(repIds.length)).map(rep_id => ({
    rep_id,
    name: orNull(g, 10, () => pick(g, ...texts)),
    region: orNull(g, 20, () => pick(g, 'north', 'south', 'north')),
    level: orNull(g, 20, () => integer(g, -1, 3)),
    is_active: orNull(g, 20, () => chance(g, 50)),
    team_id: orNull(g, 20, () => integer(g, 1, 4)),
    manager_id: orNull(g, 40, () => pick(g, ...repIds)),
  }));
  const accounts = accountIds.slice(0, many(accountIds.length)).map(account_id => ({
    account_id,
    segment: orNull(g, 20, () => pick(g, 'smb', 'big')),
    size: orNull(g, 20, () => integer(g, 0, 3)),
    owner_id: orNull(g, 30, () => pick(g, ...repIds)),
  }));
  const links = () => ({
    rep_id: orNull(g, 15, () => pick(g, ...repIds)),
    account_id: orNull(g, 25, () => pick(g, ...accountIds)),
  });
  const deals = of(many(12), index => ({
    deal_id: String(index + 1),
    ...links(),
    stage: orNull(g, 10, () => pick(g, 'open', 'won', 'lost')),
    amount: orNull(g, 15, () => pick(g, ...decimals)),
    quantity: orNull(g, 15, () => integer(g, -2, 9)),
    score: orNull(g, 15, () => pick(g, '0', '0.5', '-1.25', '3', '1e3')),
    is_won: orNull(g, 20, () => chance(g, 50)),
    created_on: orNull(g, 15, () => date(g)),
    closed_on: orNull(g, 30, () => date(g)),
    touched_at: orNull(g, 25, () => timestamp(g)),
  }));
  const calls = of(many(12), index => ({
    call_id: String(index + 1),
    ...links(),
    kind: orNull(g, 10, () => pick(g, 'in', 'out')),
    minutes: orNull(g, 15, () => integer(g, 0, 60)),
    called_at: orNull(g, 15, () => timestamp(g)),
  }));
  const quotas = some(
    g,
    repIds.flatMap(rep_id => ['2024-01-01', '2024-02-01', '2024-03-01'].map(month => ({ rep_id, month }))),
    8,
  ).map(key => ({
    ...key,
    quota: orNull(g, 15, () => pick(g, '0', '100', '250.50')),
  }));
  return { teams, reps, accounts, deals, calls, quotas };
}

function definitionsOf(g: Gen) {
  const hasAccountOwner = chance(g, 70);
  const columnsOf = (table: TableName): Readonly<Record<string, unknown>> => columnTypes[table];
  const rep = { to: 'reps', on: 'rep_id' };
  const account = { to: 'accounts', on: 'account_id' };
  return {
    teams: { from: 'teams', key: 'team_id', entity: 'team', columns: columnsOf('teams') },
    reps: {
      from: 'reps',
      key: 'rep_id',
      entity: 'rep',
      columns: {
        ...columnsOf('reps'),
        is_senior: { formula: 'level >= 2' },
        called: { formula: "concat(coalesce(name, '?'), '/', coalesce(region, '-'))" },
      },
      joins: { team: { to: 'teams', on: 'team_id' }, manager: { to: 'reps', on: 'manager_id' } },
    },
    accounts: {
      from: 'accounts',
      key: 'account_id',
      entity: 'account',
      columns: columnsOf('accounts'),
      joins: hasAccountOwner ? { owner: { to: 'reps', on: 'owner_id' } } : {},
    },
    deals: {
      from: 'deals',
      key: 'deal_id',
      time: pick(g, 'closed_on', 'created_on', 'touched_at', 'touched_on', 'known_on'),
      columns: {
        ...columnsOf('deals'),
        ...(chance(g, 50) ? { stage: { type: 'string', values: ['open', 'won', 'lost'] } } : {}),
        touched_on: { formula: 'date(touched_at)' },
        known_on: { formula: 'coalesce(closed_on, created_on)' },
        cycle: { formula: 'closed_on - created_on' },
        band: { formula: 'bucket(amount, 0, 100, 1000)' },
        value: { formula: 'amount * quantity' },
        rep_region: { formula: 'rep.region' },
        source: { formula: "if(is_won, 'in', 'out')", dimension: 'channel' },
      },
      joins: { rep, account },
    },
    calls: {
      from: 'calls',
      key: 'call_id',
      time: 'called_at',
      columns: {
        ...columnsOf('calls'),
        kind: { type: 'string', dimension: 'channel' },
        is_long: { formula: 'minutes > 10' },
      },
      joins: { rep, account },
    },
    quotas: { from: 'quotas', key: ['rep_id', 'month'], time: 'month', columns: columnsOf('quotas'), joins: { rep } },
  };
}

/** Expressions by type, over the rows of one table; `depth` bounds how deep they nest. */
function number(g: Gen, table: TableName, depth: number): string {
  const columns: Readonly<Record<TableName, readonly string[]>> = {
    teams: ['team_id'],
    reps: ['level'],
    accounts: ['size'],
    deals: ['amount', 'quantity', 'value', 'rep.level', 'account.size'],
    calls: ['minutes', 'rep.level'],
    quotas: ['quota', 'rep.level'],
  };
  const plain = () => (chance(g, 75) ? pick(g, ...columns[table]) : pick(g, '0', '1', '2.5', '-3', '100'));
  if (depth === 0) return plain();
  const inner = () => number(g, table, depth - 1);
  switch (count(g, 0, 9)) {
    case 0:
      return `(${inner()} + ${inner()})`;
    case 1:
      return `(${inner()} - ${inner()})`;
    case 2:
      return `${plain()} * ${pick(g, '2', '-1', '0.5')}`;
    case 3:
      return `coalesce(${inner()}, ${pick(g, '0', '7')})`;
    case 4:
      return `if(${condition(g, table, depth - 1)}, ${inner()}, ${inner()})`;
    case 5:
      return `abs(${inner()})`;
    case 6:
      return `greatest(${inner()}, ${inner()})`;
    case 7:
      return `nullif(${inner()}, ${pick(g, '0', '1')})`;
    default:
      return plain();
  }
}

function text(g: Gen, table: TableName): string {
  const columns: Readonly<Record<TableName, readonly string[]>> = {
    teams: ['title'],
    reps: ['name', 'region', 'called', 'team.title', 'manager.name'],
    accounts: ['segment'],
    deals: ['stage', 'rep.region', 'rep.name', 'account.segment', 'band', 'rep', 'rep.team.title', 'rep.called'],
    calls: ['kind', 'rep.region', 'account.segment', 'account'],
    quotas: ['rep.region', 'rep.name'],
  };
  return pick(g, ...columns[table]);
}

function moment(g: Gen, table: TableName): string | null {
  const columns: Readonly<Record<TableName, readonly string[]>> = {
    teams: [],
    reps: [],
    accounts: [],
    deals: ['created_on', 'closed_on', 'touched_at', 'touched_on', 'known_on'],
    calls: ['called_at'],
    quotas: ['month'],
  };
  const options = columns[table];
  return options.length === 0 ? null : pick(g, ...options);
}

const comparison = (g: Gen) => pick(g, '=', '<>', '<', '<=', '>', '>=');

export function condition(g: Gen, table: TableName, depth: number): string {
  const when = moment(g, table);
  const simple = (): string => {
    switch (count(g, 0, 6)) {
      case 0:
        return `${number(g, table, 0)} ${comparison(g)} ${pick(g, '0', '1', '2', '99.99')}`;
      case 1:
        return `${text(g, table)} ${pick(g, '=', '<>')} '${pick(g, 'won', 'x', 'north', 'in', '😀', "it''s")}'`;
      case 2:
        return `${text(g, table)} ${pick(g, 'in', 'not in')} ('won', 'north', 'smb', '')`;
      case 3:
        return `${text(g, table)} is ${pick(g, '', 'not ')}null`;
      case 4:
        return when === null ? 'true' : `${when} ${comparison(g)} ${pick(g, ...dates)}`;
      case 5:
        return when === null
          ? `${number(g, table, 0)} is not null`
          : `${when} between ${pick(g, ...dates)} and ${pick(g, ...dates)}`;
      default:
        return table === 'deals'
          ? pick(g, 'is_won', 'rep.is_active', 'rep.is_senior')
          : `${number(g, table, 0)} between 0 and 5`;
    }
  };
  if (depth === 0) return simple();
  switch (count(g, 0, 4)) {
    case 0:
      return `(${condition(g, table, depth - 1)} and ${condition(g, table, depth - 1)})`;
    case 1:
      return `(${condition(g, table, depth - 1)} or ${condition(g, table, depth - 1)})`;
    case 2:
      return `not (${condition(g, table, depth - 1)})`;
    default:
      return simple();
  }
}

/** A measure, as its formula. */
function measure(g: Gen, table: TableName): string {
  const where = chance(g, 50) ? ` where ${condition(g, table, 1)}` : '';
  const at =
    table === 'deals' && chance(g, 20) ? ` at ${pick(g, 'created_on', 'closed_on', 'touched_at', 'known_on')}` : '';
  const named = (expression: string) =>
    `if(${table}.${Object.keys(columnTypes[table])[0]} is null, null, ${expression})`;
  const column = (): string => {
    const path = number(g, table, 0);
    return /^[a-z]/.test(path) ? `${table}.${path}` : named(path);
  };
  switch (count(g, 0, 12)) {
    case 0:
    case 1:
      return `count(${table}${where})${at}`;
    case 2:
    case 3:
      return `sum(${column()}${where})${at}`;
    case 4:
      return `sum(${named(number(g, table, 2))}${where})${at}`;
    case 5:
      return `count(distinct ${table}.${text(g, table)}${where})${at}`;
    case 6:
      return `avg(${column()}${where})${at}`;
    case 7:
      return `${pick(g, 'min', 'max')}(${chance(g, 50) ? column() : `${table}.${moment(g, table) ?? text(g, table)}`}${where})${at}`;
    case 8:
      return `${pick(g, 'median', 'stddev', 'variance')}(${column()}${where})${at}`;
    case 9:
      return `percentile(${column()}, ${pick(g, '0', '0.25', '0.9', '1')}${where})${at}`;
    case 10:
      return `${pick(g, 'first', 'last')}(${column()}${where})${at}`;
    case 11:
      return `count(${table}.${text(g, table)}${where})${at}`;
    default:
      return `${pick(g, 'any', 'all')}(${named(condition(g, table, 0))}${where})${at}`;
  }
}

/** Metrics of one family of tables, so that a query over them has dimensions to share. */
function metricsOf(g: Gen): {
  readonly metrics: Readonly<Record<string, unknown>>;
  readonly tables: Readonly<Record<string, readonly TableName[]>>;
} {
  const metrics: Record<string, unknown> = {};
  const tables: Record<string, readonly TableName[]> = {};
  const numeric: string[] = [];
  const add = (name: string, formula: string, used: readonly TableName[], isNumber: boolean) => {
    metrics[name] = { formula, ...(chance(g, 15) ? { empty: pick(g, 'null', isNumber ? 'zero' : 'null') } : {}) };
    tables[name] = used;
    if (isNumber) numeric.push(name);
  };
  const facts: readonly TableName[] = ['deals', 'deals', 'deals', 'calls', 'quotas', 'reps'];
  for (let index = 0; index < count(g, 2, 5); index += 1) {
    const table = pick(g, ...facts);
    const formula = measure(g, table);
    const isNumber = /^(?:count|sum|avg|median|stddev|variance|percentile)/.test(formula);
    add(`m${index}`, formula, [table], isNumber);
  }
  for (let index = 0; index < count(g, 0, 4) && numeric.length > 0; index += 1) {
    const [a, b] = [pick(g, ...numeric), pick(g, ...numeric)];
    const used = [...new Set([...(tables[a] ?? []), ...(tables[b] ?? [])])];
    const formula = pick(
      g,
      `${a} / ${b}`,
      `${a} + ${b}`,
      `${a} - 2 * ${b}`,
      `coalesce(${a}, ${b})`,
      `if(${a} > ${b}, ${a}, ${b})`,
      `greatest(${a}, ${b}, 0)`,
      `round(${a} / nullif(${b}, 0), 2)`,
      `(${a}) where rep.region = 'north'`,
      `(${a} + ${b}) where rep in ('r1', 'r2')`,
    );
    add(`d${index}`, formula, used, true);
  }
  return { metrics, tables };
}

export interface GeneratedMetrics {
  readonly world: GeneratedWorld;
  readonly tables: Readonly<Record<string, readonly TableName[]>>;
}

export function generateWorld(g: Gen): GeneratedMetrics {
  const { metrics, tables } = metricsOf(g);
  const definitions = {
    version: 1,
    name: 'generated',
    currency: 'EUR',
    time_zone: pick(g, 'UTC', 'UTC', 'Europe/Madrid', 'America/New_York', 'Asia/Kathmandu', 'America/St_Johns'),
    calendar: {
      week_starts: pick(g, 'monday', 'sunday', 'saturday'),
      fiscal_year_starts: pick(g, 'january', 'february', 'october'),
    },
    tables: definitionsOf(g),
    metrics,
  };
  return { world: { definitions, rows: rowsOf(g) }, tables };
}

const repDimensions = [
  'rep',
  'rep.region',
  'rep.name',
  'rep.level',
  'rep.is_senior',
  'rep.team.title',
  'rep.team',
  'rep.manager.region',
];
const accountDimensions = ['account', 'account.segment', 'account.size'];
const ownDimensions: Readonly<Record<TableName, readonly string[]>> = {
  teams: [],
  reps: ['is_active', 'called'],
  accounts: [],
  deals: ['stage', 'band', 'deals.is_won', 'closed_on', 'rep_region', 'channel', 'touched_on', 'quantity'],
  calls: ['channel', 'is_long', 'minutes'],
  quotas: ['quotas.month'],
};

/** A question to metrics that were generated with their tables. */
export function generateQuery(g: Gen, tables: Readonly<Record<string, readonly TableName[]>>): Query {
  const names = Object.keys(tables);
  const metrics = [...new Set(Array.from({ length: count(g, 1, 3) }, () => pick(g, ...names)))];
  const read = new Set(metrics.flatMap(metric => tables[metric] ?? []));
  const [only] = read;
  const dimensions = [
    ...repDimensions,
    ...([...read].every(table => table === 'deals' || table === 'calls') ? [...accountDimensions, 'channel'] : []),
    ...(read.size === 1 && only !== undefined ? ownDimensions[only] : []),
  ];
  const by = [...new Set(some(g, dimensions, 3))];
  const hasTime = !read.has('reps');
  const grain =
    hasTime && chance(g, 50)
      ? pick(
          g,
          'day',
          'week',
          'month',
          'month',
          'quarter',
          'half',
          'year',
          'fiscal_quarter',
          'fiscal_half',
          'fiscal_year',
        )
      : null;
  const period =
    hasTime && chance(g, 60)
      ? pick(
          g,
          '2024',
          '2024-Q1',
          '2024-02',
          '2024-H1',
          '2024-02-15..2024-04-02',
          'last 3 months',
          'year to date',
          '2023..2024',
          '2024-10-27',
          'all',
        )
      : undefined;
  const where = chance(g, 35)
    ? pick(
        g,
        "rep.region = 'north'",
        "rep in ('r1', 'r3')",
        'rep.level > 0 or rep.level is null',
        'rep.team is not null',
        "not (rep.name = 'x')",
      )
    : undefined;
  const having = chance(g, 15)
    ? `${pick(g, ...names.filter(name => (tables[name] ?? []).every(table => read.has(table))))} is not null`
    : undefined;
  const asked = grain === null ? by : [...by, grain].toSorted(() => (chance(g, 50) ? 1 : -1));
  const completable = by.filter(name => name.startsWith('rep') && name !== 'rep_region');
  const complete = completable.length > 0 && chance(g, 30) ? [pick(g, ...completable)] : undefined;
  const order = asked.length > 0 && chance(g, 20) ? [`${pick(g, ...asked)}${pick(g, '', ' desc')}`] : undefined;
  return {
    metrics,
    by: asked,
    where,
    having,
    period,
    complete,
    order,
    sparse: chance(g, 25) ? true : undefined,
    limit: chance(g, 15) ? count(g, 0, 5) : undefined,
  };
}
