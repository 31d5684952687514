/** Random rows of the generated tables: few keys, awkward texts, days at the ends of months, nulls everywhere. */
import { chance, count, type Gen, pick, some } from './choose.ts';

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

export function rowsOf(g: Gen): Readonly<Record<TableName, Rows>> {
  const many = (most: number) => pick(g, 1, most, most, Math.ceil(most / 2), most, most - 1, most, most, 0);
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
    hired_on: orNull(g, 20, () => date(g)),
    left_on: orNull(g, 50, () => date(g)),
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
