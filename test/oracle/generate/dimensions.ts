/** Dimensions that all of some tables share, grains of time, and conditions on the rep or the account. */
import { chance, type Gen, pick } from './choose.ts';
import type { TableName } from './rows.ts';
import type { Shape } from './shape.ts';

const repDimensions = [
  'rep',
  'rep.region',
  'rep.name',
  'rep.level',
  'rep.is_senior',
  'rep.team.title',
  'rep.team',
  'rep.manager.region',
  'rep.worth',
  'rep.worth_band',
  'rep.last_on',
  'rep.team.size',
];
const accountDimensions = ['account', 'account.segment', 'account.size', 'account.worth_band'];
const ownDimensions: Readonly<Record<TableName, readonly string[]>> = {
  teams: [],
  reps: ['reps.is_active', 'reps.called', 'reps.busy', 'reps.is_met'],
  accounts: [],
  deals: [
    'stage',
    'band',
    'deals.is_won',
    'closed_on',
    'rep_region',
    'channel',
    'touched_on',
    'quantity',
    'deals.before',
    'was',
  ],
  calls: ['channel', 'is_long', 'minutes'],
  quotas: ['quotas.month'],
};
const days: Readonly<Record<TableName, readonly string[]>> = {
  teams: [],
  reps: ['reps.hired_on', 'reps.last_on'],
  accounts: [],
  deals: ['closed_on', 'created_on', 'touched_on'],
  calls: [],
  quotas: ['quotas.month'],
};

export function dimensionsOf(tables: readonly TableName[], { versions, hasAccountOwner }: Shape): readonly string[] {
  const [only, ...others] = tables;
  const isOfAccounts = tables.every(table => table === 'deals' || table === 'calls');
  return [
    ...repDimensions,
    ...(isOfAccounts ? [...accountDimensions, 'channel'] : []),
    ...(isOfAccounts && hasAccountOwner ? ['account.owner.region'] : []),
    ...(only === 'deals' && others.length === 0 && versions !== 'none' ? ['rep_then.region', 'rep_then.level'] : []),
    ...(only !== undefined && others.length === 0 ? ownDimensions[only] : []),
  ];
}

/** Dates among them. */
export function daysOf(tables: readonly TableName[]): readonly string[] {
  const [only, ...others] = tables;
  return only !== undefined && others.length === 0 ? days[only] : [];
}

export function isOfRep(dimension: string): boolean {
  return dimension === 'rep' || dimension.startsWith('rep.');
}

/** Whether a joined table lists the members of a dimension. */
export function hasMembers(dimension: string): boolean {
  return isOfRep(dimension) || dimension.startsWith('account');
}

const grains = ['month', 'quarter', 'week', 'month', 'year', 'half', 'fiscal_quarter', 'fiscal_half', 'fiscal_year'];

/** Days are many, so they are few. */
export function grain(g: Gen): string {
  return chance(g, 10) ? 'day' : pick(g, ...grains);
}

/** A condition that all tables with a rep can be asked. */
export function sharedCondition(g: Gen): string {
  return pick(
    g,
    "rep.region = 'north'",
    "rep in ('r1', 'r3')",
    'rep.level > 0 or rep.level is null',
    'rep.team is not null',
    "not (rep.name = 'x')",
    'rep.worth > 1',
    "rep.worth_band in ('0 to < 1', '1 to < 100')",
    'rep.last_on is null or rep.last_on >= 2024-02-29',
  );
}
