/** The generated tables as a project defines them: joins, entities, computed columns, shared dimensions, lifespans. */
import { chance, type Gen, pick } from './choose.ts';
import { before } from './previous.ts';
import { rollUps } from './rollups.ts';
import { columnTypes, type StoredName } from './rows.ts';
import type { Shape } from './shape.ts';

export function definitionsOf(g: Gen, shape: Shape) {
  const { versions, hasAccountOwner } = shape;
  const isVersioned = versions !== 'none';
  // Which version each join finds; nothing says the own date.
  const asOf = (...days: readonly string[]) => (isVersioned && chance(g, 60) ? { as_of: pick(g, 'now', ...days) } : {});
  const columnsOf = (table: StoredName): Readonly<Record<string, unknown>> => columnTypes[table];
  const rep = { to: 'reps', on: 'rep_id' };
  const then = pick(g, 'created_on', 'closed_on', 'touched_at', 'now');
  const rolled = rollUps(g, shape);
  const account = { to: 'accounts', on: 'account_id' };
  return {
    teams: { from: 'teams', key: 'team_id', entity: 'team', columns: { ...columnsOf('teams'), ...rolled.teams } },
    reps: {
      from: 'reps',
      key: 'rep_id',
      entity: 'rep',
      columns: {
        ...columnsOf('reps'),
        is_senior: { formula: 'level >= 2' },
        called: { formula: "concat(coalesce(name, '?'), '/', coalesce(region, '-'))" },
        ...rolled.reps,
      },
      joins: { team: { to: 'teams', on: 'team_id' }, manager: { to: 'reps', on: 'manager_id', ...asOf('hired_on') } },
      ...(versions === 'dates' ? { valid: { from: 'valid_from', until: 'valid_until' } } : {}),
      ...(versions === 'timestamps' ? { valid: { from: 'since_at', until: 'until_at' } } : {}),
      lifespans: {
        employed: { from: 'hired_on', until: 'left_on' },
        served: { from: 'first_on', until: 'last_on' },
      },
    },
    accounts: {
      from: 'accounts',
      key: 'account_id',
      entity: 'account',
      columns: { ...columnsOf('accounts'), ...rolled.accounts },
      joins: hasAccountOwner
        ? { owner: { to: 'reps', on: 'owner_id', ...(isVersioned ? { as_of: pick(g, 'now', 'opened_on') } : {}) } }
        : {},
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
        age: { formula: 'days_between(created_on, as_of)' },
        age_band: { formula: 'bucket(days_between(created_on, period_end), 0, 30, 90)' },
        price: { type: 'decimal', unit: 'currency(code)' },
        fee: { type: 'decimal', unit: 'EUR' },
        settled_on: { formula: 'coalesce(closed_on, created_on, 2024-03-01)' },
        in_eur: { formula: 'convert(price, EUR at settled_on)' },
        is_rich: { formula: 'in_eur > 50' },
        before: { formula: before(g, 'deals', 'rep_id', 'account_id', 'rep.region') },
        was: { formula: `previous(stage per ${pick(g, 'rep_id', 'account_id', 'account.segment')})` },
        was_won: { formula: 'previous(is_won per rep_id)' },
        day_before: { formula: `previous(${pick(g, 'created_on', 'closed_on')} per account_id)` },
        source: { formula: "if(is_won, 'in', 'out')", dimension: 'channel' },
      },
      joins: {
        rep: { ...rep, ...asOf('created_on', 'closed_on', 'touched_at') },
        ...(isVersioned ? { rep_then: { ...rep, as_of: then } } : {}),
        account,
      },
      lifespans: {
        open: { from: 'created_on', until: 'closed_on' },
        warm: { from: 'touched_at', until: 'closed_on' },
        kept: { from: 'known_on', until: 'touched_at' },
      },
    },
    calls: {
      from: 'calls',
      key: 'call_id',
      time: 'called_at',
      columns: {
        ...columnsOf('calls'),
        kind: { type: 'string', dimension: 'channel' },
        is_long: { formula: 'minutes > 10' },
        before: { formula: before(g, 'calls', 'account_id') },
      },
      joins: { rep: { ...rep, ...asOf('called_at') }, account },
    },
    quotas: {
      from: 'quotas',
      key: ['rep_id', 'month'],
      time: 'month',
      columns: { ...columnsOf('quotas'), before: { formula: before(g, 'quotas', 'month') } },
      joins: { rep: { ...rep, ...asOf('month') } },
    },
    rates: { from: 'rates', key: ['from_code', 'to_code', 'rated_on'], columns: columnsOf('rates') },
  };
}
