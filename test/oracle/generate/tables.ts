/** The generated tables as a project defines them: joins, entities, computed columns, shared dimensions, lifespans. */
import { chance, type Gen, pick } from './choose.ts';
import { rollUps } from './rollups.ts';
import { columnTypes, type TableName } from './rows.ts';

export function definitionsOf(g: Gen) {
  const hasAccountOwner = chance(g, 70);
  const columnsOf = (table: TableName): Readonly<Record<string, unknown>> => columnTypes[table];
  const rep = { to: 'reps', on: 'rep_id' };
  const rolled = rollUps(g);
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
      joins: { team: { to: 'teams', on: 'team_id' }, manager: { to: 'reps', on: 'manager_id' } },
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
        age: { formula: 'days_between(created_on, as_of)' },
        age_band: { formula: 'bucket(days_between(created_on, period_end), 0, 30, 90)' },
        source: { formula: "if(is_won, 'in', 'out')", dimension: 'channel' },
      },
      joins: { rep, account },
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
      },
      joins: { rep, account },
    },
    quotas: { from: 'quotas', key: ['rep_id', 'month'], time: 'month', columns: columnsOf('quotas'), joins: { rep } },
  };
}
