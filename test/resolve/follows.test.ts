/** Paths of goals: what their metric is asked by is what they are asked by, where it follows from whom targets are kept for. */
import { expect, test } from 'vitest';
import { plan, type Query, readDocument, resolve } from '../../compiler/index.ts';

const project = (joins: string, by = 'owner') => `version: 1
name: goals
users: { attributes: { title: string } }
tables:
  deals:
    from: deals
    key: deal
    time: closed_on
    columns: { deal: string, owner_id: string, team_id: string, amount: decimal, closed_on: date }
    joins: { owner: { to: users, on: owner_id }${joins} }
  users:
    from: users
    key: user
    entity: owner
    columns: { user: string, team_id: string, manager_id: string }
    joins: { team: { to: teams, on: team_id }, manager: { to: users, on: manager_id } }
  teams: { from: teams, key: team_id, entity: team, columns: { team_id: string, title: string } }
metrics:
  won: { formula: sum(deals.amount) }
goals:
  g: { metric: won, grain: month, by: [${by}], target: [{ period: 2026-03, ${by}: u1, value: 5 }] }
roles:
  lead: { sees: team.title = user.title, unrestricted: [users, teams] }
  other: { sees: all, hides: [deals.team] }
`;

function asked(joins: string, query: Partial<Query>) {
  const { document } = readDocument({ path: 'metrics.yaml', text: project(joins) }, 'project');
  const { model } = resolve(document === null ? [] : [document]);
  const found = plan(model, { metrics: ['g.target'], period: '2026-03', ...query }, { day: 20_500, hour: 12 });
  return found.diagnostics.map(({ code, message, help }) => `${code} ${message}; ${help}`);
}

const overOwner = ', team: { to: teams, on: owner.team_id }';
const byTeam = { by: ['team.title'] };
const twoPaths =
  'M4002 from `g`, several paths lead to `team.title`; write one of them in full: `owner.team.title` or `owner.manager.team.title`';

test.each<[what: string, joins: string, query: Partial<Query>, said: readonly string[]]>([
  ['the path of the metric', overOwner, byTeam, []],
  ['a key', overOwner, { by: ['team'] }, []],
  ['a condition', overOwner, { where: "team.title = 'x'" }, []],
  ['the metric beside it', overOwner, { metrics: ['g.pace', 'won'], ...byTeam }, []],
  ['the rule of a role', overOwner, { as: 'lead', user: { title: 'x' } }, []],
  // The team of the deal is not that of whom the target is for.
  ['a join on what is not kept', ', team: { to: teams, on: team_id }', byTeam, [twoPaths]],
  ['no such join of the metric', '', byTeam, [twoPaths]],
  ['each of several paths', '', { by: ['owner.team.title'] }, []],
  ['a join that is hidden', overOwner, { as: 'other', ...byTeam }, [twoPaths]],
])('%s', (_, joins, query, said) => {
  expect(asked(joins, query)).toEqual(said);
});
