/** Random conversions: events of one table that events of another, or of the same one, follow. */
import { chance, type Gen, pick } from './choose.ts';
import { full } from './expressions.ts';

export type EventTable = 'deals' | 'calls' | 'quotas';

const axes = {
  deals: ['created_on', 'closed_on', 'touched_at', 'known_on', 'touched_on'],
  calls: ['called_at'],
  quotas: ['month'],
} as const;

const units = ['days', 'weeks', 'months', 'quarters', 'halves', 'years'];

export function conversions(g: Gen, from: EventTable): string {
  const to: EventTable = pick(g, 'deals', 'calls', 'deals', from, 'quotas');
  const [start, end] = [axisOf(g, from), axisOf(g, to)];
  const areInstants = [start, end].every(axis => axis === 'touched_at' || axis === 'called_at');
  const unit = areInstants && chance(g, 40) ? pick(g, 'hours', 'minutes') : pick(g, ...units);
  const within = chance(g, 65) ? ` within ${pick(g, '1', '10', '2', '30', '0')} ${unit}` : '';
  const keys = keysOf(from, to);
  const [first, second] = [pick(g, ...keys), pick(g, ...keys)];
  const by = chance(g, 25) && first !== second ? `${first}, ${second}` : first;
  return `conversions(${side(g, from, start)} -> ${side(g, to, end)} by ${by}${within})`;
}

/** Null for the table's own. */
function axisOf(g: Gen, table: EventTable): string | null {
  return chance(g, 60) ? pick(g, ...axes[table]) : null;
}

function side(g: Gen, table: EventTable, axis: string | null): string {
  const where = chance(g, 40) ? ` where ${full.condition(g, table, 1)}` : '';
  return `${table}${where}${axis === null ? '' : ` at ${axis}`}`;
}

/** Dimensions of both tables. */
function keysOf(from: EventTable, to: EventTable): readonly string[] {
  const shared = ['rep', 'rep', 'rep.region', 'rep.team', 'rep.level'];
  if (from === to && from === 'deals') return [...shared, 'account', 'account.segment', 'stage', 'deals.is_won'];
  if (from === to && from === 'calls') return [...shared, 'account', 'account.segment', 'channel', 'minutes'];
  return from === 'quotas' || to === 'quotas'
    ? shared
    : [...shared, 'account', 'account', 'channel', 'account.segment'];
}
