/** Random rows of the generated tables: few keys, awkward texts, days at the ends of months, nulls everywhere. */
import { chance, count, type Gen, pick, some } from './choose.ts';
import type { Shape } from './shape.ts';

/** A stored value as text that both DuckDB and the oracle read, by the type of its column; null for none. */
export type Cell = string | boolean | null;
export type Rows = readonly Readonly<Record<string, Cell>>[];

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
    hired_on: 'date',
    left_on: 'date',
    valid_from: 'date',
    valid_until: 'date',
    since_at: 'timestamp',
    until_at: 'timestamp',
  },
  accounts: { account_id: 'string', segment: 'string', size: 'integer', owner_id: 'string', opened_on: 'date' },
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
    code: 'string',
    price: 'decimal',
    fee: 'decimal',
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
  rates: { from_code: 'string', to_code: 'string', rated_on: 'date', rate: 'decimal' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type StoredName = keyof typeof columnTypes;
/** Those that formulas name. */
export type TableName = Exclude<StoredName, 'rates'>;

const repIds = ['r1', 'r2', 'r3', 'R4', 'constructor'];
const accountIds = ['a1', 'a2', 'a3', 'é'];
const texts = ['x', 'y', 'Y', '', 'é', '__proto__', "it's", '日本', '😀'];
export const dates = [
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

export function rowsOf(g: Gen, { versions }: Shape): Readonly<Record<StoredName, Rows>> {
  const many = (most: number) => pick(g, 1, most, most, Math.ceil(most / 2), most, most - 1, most, most, 0);
  const of = (length: number, make: (index: number) => Readonly<Record<string, Cell>>) =>
    Array.from({ length }, (_, index) => make(index));
  const teams = of(many(3), index => ({ team_id: String(index + 1), title: orNull(g, 20, () => pick(g, ...texts)) }));
  const version = (rep_id: string, valid: Validity) => ({
    rep_id,
    ...valid,
    name: orNull(g, 10, () => pick(g, ...texts)),
    region: orNull(g, 20, () => pick(g, 'north', 'south', 'north')),
    level: orNull(g, 20, () => integer(g, -1, 3)),
    is_active: orNull(g, 20, () => chance(g, 50)),
    team_id: orNull(g, 20, () => integer(g, 1, 4)),
    manager_id: orNull(g, 40, () => pick(g, ...repIds)),
    hired_on: orNull(g, 20, () => date(g)),
    left_on: orNull(g, 50, () => date(g)),
  });
  const reps = repIds
    .slice(0, many(repIds.length))
    .flatMap(rep_id => validities(g, versions).map(valid => version(rep_id, valid)));
  const accounts = accountIds.slice(0, many(accountIds.length)).map(account_id => ({
    account_id,
    segment: orNull(g, 20, () => pick(g, 'smb', 'big')),
    size: orNull(g, 20, () => integer(g, 0, 3)),
    owner_id: orNull(g, 30, () => pick(g, ...repIds)),
    opened_on: orNull(g, 15, () => date(g)),
  }));
  const links = () => ({
    rep_id: orNull(g, 15, () => pick(g, ...repIds)),
    account_id: orNull(g, 25, () => pick(g, ...accountIds)),
  });
  const uncoded = chance(g, 15) ? 10 : 0;
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
    code: orNull(g, uncoded, () => pick(g, 'EUR', 'USD', 'GBP', 'EUR')),
    price: orNull(g, 15, () => pick(g, ...prices)),
    fee: orNull(g, 15, () => pick(g, ...prices)),
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
  return { teams, reps, accounts, deals, calls, quotas, rates: rates(g) };
}

const prices = ['0', '0.01', '-12.50', '99.99', '100', '1234567.89'];

/** Mostly there is a first rate for each pair, before everything else. */
function rates(g: Gen): Rows {
  const pairs = [
    { from_code: 'USD', to_code: 'EUR' },
    { from_code: 'GBP', to_code: 'EUR' },
    { from_code: 'EUR', to_code: 'USD' },
    { from_code: 'GBP', to_code: 'USD' },
  ];
  return pairs.flatMap(pair => {
    const days = [...(chance(g, 92) ? ['2023-01-01'] : []), ...some(g, dates, 3)];
    return days.map(rated_on => ({
      ...pair,
      rated_on,
      rate: orNull(g, 2, () => pick(g, '1', '0.92', '1.07', '0', '150.25')),
    }));
  });
}

type Validity = Readonly<Record<'valid_from' | 'valid_until' | 'since_at' | 'until_at', Cell>>;

const nothing: Validity = { valid_from: null, valid_until: null, since_at: null, until_at: null };

/** The versions of one key: one after the other, with gaps now and then, the last of them open or not. */
function validities(g: Gen, versions: Shape['versions']): readonly Validity[] {
  if (versions === 'none') return [nothing];
  const ends = ['2022-01-01', ...some(g, dates.slice(0, -1), 4)].map(day =>
    versions === 'dates' ? day : `${day} ${pick(g, ...times)}`,
  );
  const [from, until] =
    versions === 'dates' ? (['valid_from', 'valid_until'] as const) : (['since_at', 'until_at'] as const);
  return ends.flatMap((end, index) => {
    const next = ends[index + 1];
    if (next !== undefined && chance(g, 25)) return [];
    const last = chance(g, 30) ? (versions === 'dates' ? '2024-12-31' : '2024-12-31 23:59:59.999999') : null;
    return [{ ...nothing, [from]: chance(g, 4) ? null : end, [until]: next ?? last }];
  });
}
