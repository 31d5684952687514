/** The rows behind a target that stands in the definitions, or behind what was frozen: those that are written there. */
import { beforeAll, expect, test } from 'vitest';
import { metrics, projectFolder, rowsOf } from '../support/project.ts';

const folder = projectFolder({
  'metrics.yaml': `version: 1
name: goals
currency: EUR
users: { attributes: { rep_id: string } }
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns: { deal_id: string, rep_id: string, amount: { type: decimal, unit: currency }, closed_on: date }
    joins: { rep: { to: reps, on: rep_id } }
  reps: { from: reps.csv, key: rep_id, entity: rep, columns: { rep_id: string, region: string } }
metrics:
  won: { formula: sum(deals.amount) }
goals:
  number_goal: { metric: won, target: 310, grain: month }
  rep_goal:
    metric: won
    grain: month
    by: [rep]
    target:
      - { period: 2026-02, rep: r1, value: 100 }
      - { period: 2026-03, rep: r1, value: 155 }
      - { period: 2026-03, rep: r2, value: 62.5 }
baselines:
  won_2025: { metric: won, period: 2025, grain: quarter, by: [rep] }
roles:
  rep: { sees: rep = user.rep_id }
  blind: { sees: all, hides: [rep] }
`,
  'deals.csv': 'deal_id,rep_id,amount,closed_on\na,r1,33,2026-03-02\nb,r2,5,2025-03-03\n',
  'reps.csv': 'rep_id,region\nr1,North\nr2,South\n',
});

beforeAll(async () => {
  expect((await metrics(folder, 'baseline', 'freeze', 'won_2025', '--as-of', '2026-01-05')).code).toBe(0);
});

const ask = (line: string) => rowsOf(folder, 'rows', ...line.split(' '), '--as-of', '2026-03-10');

test.each<[question: string, rows: readonly object[]]>([
  [
    'number_goal.target --period 2026-02..2026-03',
    [
      { month: '2026-02-01', target: 310 },
      { month: '2026-03-01', target: 310 },
    ],
  ],
  [
    'rep_goal.target --period 2026-03',
    [
      { month: '2026-03-01', rep_id: 'r1', target: '155' },
      { month: '2026-03-01', rep_id: 'r2', target: '62.5' },
    ],
  ],
  [
    'rep_goal.target --period 2026 --where rep.region=\u0027North\u0027 --order target --limit 1',
    [{ month: '2026-02-01', rep_id: 'r1', target: '100' }],
  ],
  ['rep_goal.target --period 2025', []],
  // What is read of the warehouse goes before it, unless it is asked for.
  ['rep_goal.gap --period 2026-03', [{ deal_id: 'a', closed_on: '2026-03-02', amount: '33' }]],
  ['rep_goal.gap --table rep_goal --period 2026-02', [{ month: '2026-02-01', rep_id: 'r1', target: '100' }]],
  ['won_2025.value --period 2026-Q1', [{ quarter: '2025-01-01', rep_id: 'r2', value_1: '5' }]],
  [
    'rep_goal.target --period 2026-03 --as rep --user rep_id=r2',
    [{ month: '2026-03-01', rep_id: 'r2', target: '62.5' }],
  ],
  [
    'rep_goal.target --period 2026-03 --as blind',
    [
      { month: '2026-03-01', target: '155' },
      { month: '2026-03-01', target: '62.5' },
    ],
  ],
])('%s', async (question, rows) => {
  expect(await ask(question)).toEqual(rows);
});

test('what is closed to a role is listed by none', async () => {
  const words = ['rows', 'number_goal.target', '--period', '2026-03', '--as', 'rep', '--user', 'rep_id=r1'];
  const { code, err } = await metrics(folder, ...words);
  expect([code, err.split('\n')[0]]).toEqual([
    1,
    'error[M7008]: the role `rep` cannot read `number_goal`: its rule `rep = user.rep_id` cannot be decided on what is kept of it, which has no `rep`',
  ]);
});
