/** What changes of a project are said to do: each row changes one thing, and names every change that must be told, and no other. */
import { describe, expect, test } from 'vitest';
import { diff, readDocument, resolve, sideOf } from '../../compiler/index.ts';
import { digest } from '../../runtime/meaning.ts';

const project = `version: 1
name: shop
currency: EUR
time_zone: UTC
users: { attributes: { region: string } }
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      rep_id: string
      stage: { type: string, values: [open, won, lost] }
      amount: { type: decimal, unit: currency }
      closed_on: date
      is_won: { formula: stage = 'won' }
      size: { formula: "bucket(amount, 50)" }
    joins: { rep: { to: reps, on: rep_id } }
  reps:
    from: reps.csv
    key: rep_id
    columns: { rep_id: string, region: string, name: string }
metrics:
  won: { formula: sum(deals.amount where is_won and amount > 0), good: up }
  won_deals: { formula: count(deals where is_won) }
  average: { formula: won / won_deals }
  deals_made: { formula: count(deals) }
goals:
  won_goal: { metric: won, target: { 2026-01: 100, 2026-02: 120 }, grain: month }
roles:
  rep:
    sees: rep.region = user.region and deals.stage <> 'open'
    unrestricted: [reps]
    hides: [deals_made]
    scorecard:
      - section: Sales
        items:
          - { goal: won_goal }
          - { metric: won_deals, by: [stage], period: 2026-Q1 }
alerts:
  low: { when: average < 10, by: [rep.region], grain: quarter, severity: warning, message: "low in {rep.region}" }
tests:
  no_deals: { query: { metrics: [deals_made] }, expect: [{ deals_made: 0 }] }
`.replace(
  "    sees: rep.region = user.region and deals.stage <> 'open'\n",
  "    sees: rep.region = user.region and rep.name <> 'Z'\n",
);

function side(text: string) {
  const { document, diagnostics: misread } = readDocument({ path: 'metrics.yaml', text }, 'project');
  const documents = document === null ? [] : [document];
  const { model, diagnostics } = resolve(documents);
  const errors = [...misread, ...diagnostics].filter(({ severity }) => severity === 'error');
  return { side: sideOf({ model, isSound: errors.length === 0 }, documents), errors: errors.map(({ code }) => code) };
}

function changesOf(from: string | RegExp, to: string) {
  expect(project.split(from).length).toBeGreaterThan(1);
  const after = side(project.replace(from, () => to));
  return { changes: diff(side(project).side, after.side, digest), errors: after.errors };
}

function told(from: string | RegExp, to: string): readonly string[] {
  return changesOf(from, to)
    .changes.map(({ effect, subject }) => `${effect} ${subject}`)
    .toSorted();
}

test('of a project held against itself nothing is told', () => {
  expect(side(project).errors).toEqual([]);
  expect(told('name: shop', 'name: shop')).toEqual([]);
});

type Row = readonly [what: string, from: string | RegExp, to: string, told: readonly string[]];

const won = ['value metrics.average', 'value metrics.won', 'goal goals.won_goal'];

const rows: readonly Row[] = [
  ['another filter', 'amount > 0', 'amount > 5', won],
  ['another order of a filter', 'is_won and amount > 0', 'amount > 0 and is_won', ['equal metrics.won']],
  [
    'a computed column beneath three metrics',
    "is_won: { formula: stage = 'won' }",
    "is_won: { formula: stage <> 'lost' }",
    [...won, 'value metrics.won_deals', 'value tables.deals.columns.is_won'],
  ],
  [
    'the time by which deals count',
    /time: closed_on([\s\S]*?)closed_on: date/,
    `time: signed_on
    columns:
      deal_id: string
      rep_id: string
      stage: { type: string, values: [open, won, lost] }
      amount: { type: decimal, unit: currency }
      signed_on: date
      closed_on: date`,
    [
      ...won,
      'new tables.deals.columns.signed_on',
      'value metrics.deals_made',
      'value metrics.won_deals',
      'value tables.deals',
    ],
  ],
  ['a metric under another name', /\baverage\b/g, 'mean_deal', ['client metrics.average']],
  [
    'a metric less',
    '  deals_made: { formula: count(deals) }\n',
    '',
    [
      'client metrics.deals_made',
      'client roles.rep',
      'query roles.rep.scorecard',
      'query roles.rep.scorecard',
      'query tests.no_deals',
    ],
  ],
  [
    'a metric more',
    'deals_made: {',
    'all_made: { formula: count(deals) + 0 }\n  deals_made: {',
    ['new metrics.all_made'],
  ],
  [
    'a metric that a goal, a scorecard and another metric use',
    '  won: { formula: sum(deals.amount where is_won and amount > 0), good: up }\n',
    '',
    [
      'client goals.won_goal',
      'client metrics.average',
      'client metrics.won',
      'query alerts.low',
      'query roles.rep.scorecard',
    ],
  ],
  ['another unit', 'count(deals) }', 'count(deals), unit: percent }', ['client metrics.deals_made']],
  [
    'nothing where there was 0',
    'deals_made: { formula: count(deals) }',
    'deals_made: { formula: count(deals), empty: null }',
    ['client metrics.deals_made', 'value metrics.deals_made'],
  ],
  ['a description', 'average: {', 'average: { description: By deal., owner: ops,', ['doc metrics.average']],
  ['a version without a change', 'won / won_deals }', 'won / won_deals, version: 2 }', ['doc metrics.average']],
  ['a declared value more', '[open, won, lost]', '[open, won, lost, held]', []],
  ['a declared value fewer', '[open, won, lost]', '[won, lost]', ['client tables.deals.columns.stage']],
  [
    'a column that is private now',
    'stage: { type: string,',
    'stage: { private: true, type: string,',
    ['client tables.deals.columns.stage'],
  ],
  ['another bucket of a dimension', 'bucket(amount, 50)', 'bucket(amount, 60)', ['value tables.deals.columns.size']],
  ['another key of a join', 'on: rep_id', 'on: stage', ['value roles.rep', 'value tables.deals.joins.rep']],
  ['a target more', '2026-02: 120', '2026-02: 120, 2026-03: 130', ['new goals.won_goal']],
  ['a target of the past', '2026-01: 100', '2026-01: 90', ['goal goals.won_goal']],
  ['the direction that is good', 'good: up', 'good: down', ['doc metrics.won', 'goal goals.won_goal']],
  ['the pace of a goal', 'grain: month }\nroles', 'grain: month, pace: working_days }\nroles', ['goal goals.won_goal']],
  ['a role that sees less', "and rep.name <> 'Z'", "and rep.name <> 'Z' and rep.name <> 'Y'", ['value roles.rep']],
  ['a role from which more is hidden', 'hides: [deals_made]', 'hides: [deals_made, average]', ['client roles.rep']],
  ['a role from which less is hidden', '    hides: [deals_made]\n', '', ['new roles.rep']],
  ['an alert under another condition', 'average < 10', 'average < 11', ['value alerts.low']],
  ['an alert that says it otherwise', 'low in', 'Low in', ['doc alerts.low']],
  [
    'a scorecard that asks otherwise',
    'by: [stage], period: 2026-Q1',
    'by: [stage], period: 2026-Q2',
    ['doc roles.rep.scorecard', 'doc roles.rep.scorecard'],
  ],
  [
    'the zone of days',
    'time_zone: UTC',
    'time_zone: Europe/Madrid',
    [...won, 'value metrics.deals_made', 'value metrics.won_deals', 'value time_zone'],
  ],
];

describe('is told, and nothing else', () => {
  test.each(rows)('%s', (_, from, to, expected) => {
    expect(told(from, to)).toEqual(expected.toSorted());
  });
});

test('what a change came through, and what it reaches', () => {
  const { changes } = changesOf("is_won: { formula: stage = 'won' }", "is_won: { formula: stage <> 'lost' }");
  const of = (path: string) => changes.find(({ subject }) => subject === path);
  expect(of('tables.deals.columns.is_won')).toMatchObject({
    before: "stage = 'won'",
    after: "stage <> 'lost'",
    through: [],
    reaches: [
      'alerts.low',
      'goals.won_goal',
      'metrics.average',
      'metrics.won',
      'metrics.won_deals',
      'roles.rep.scorecard',
    ],
  });
  expect(of('metrics.average')).toMatchObject({
    before: 'won / won_deals',
    after: 'won / won_deals',
    through: ['tables.deals.columns.is_won'],
  });
});

test('renames of columns, joins and tables are told as such', () => {
  const what = (from: string | RegExp, to: string) =>
    changesOf(from, to).changes.map(({ effect, subject, what: said }) => `${effect} ${subject} ${said}`);
  expect(what(/\bsize\b/g, 'deal_size')).toEqual([
    'client tables.deals.columns.size is called `deal_size` now, and is the same',
  ]);
  expect(what(/\breps\b(?!\.csv)/g, 'sellers')).toEqual(['equal tables.reps is called `sellers` now']);
  expect(what(/\brep(?=:|\.)(?=: \{ to|\.region|\.name)/g, 'seller')).toContain(
    'client tables.deals.joins.rep is called `seller` now, and leads to the same rows',
  );
});

test('how a rule changes is said where it is certain', () => {
  const what = (from: string, to: string) =>
    changesOf(from, to).changes.flatMap(({ subject, what: said }) => (subject === 'roles.rep' ? [said] : []));
  const rule = "rep.region = user.region and rep.name <> 'Z'";
  expect(what(rule, 'all')).toEqual(['sees more rows']);
  expect(what(rule, 'rep.region = user.region')).toEqual(['sees more rows']);
  expect(what(rule, `${rule} and rep.name <> 'Y'`)).toEqual(['sees fewer rows']);
  expect(what(rule, "rep.region = user.region and rep.name <> 'Y'")).toEqual(['sees other rows']);
  expect(what(rule, `${rule} or rep.name = 'Y'`)).toEqual(['sees other rows']);
});
