/** Meanings: what a refactoring may change, and what it may not. Each row changes a project in one place. */
import { describe, expect, test } from 'vitest';
import { readDocument, resolve } from '../../compiler/index.ts';
import { meaningHash } from '../../runtime/meaning.ts';

const project = `version: 1
name: shop
time_zone: UTC
calendar: { week_starts: monday }
tables:
  deals:
    from: crm.deals
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      rep_id: string
      stage: string
      amount: decimal
      created_on: date
      closed_on: date
      is_won: { formula: stage = 'won' }
      is_big: { formula: amount > 100 and (stage = 'won' and created_on is not null) }
      touches: { formula: count(calls where kind = 'call') }
    joins: { rep: { to: reps, on: rep_id } }
    lifespans: { open: { from: created_on, until: closed_on } }
  reps:
    from: crm.reps
    key: rep_id
    entity: rep
    columns: { rep_id: string, region: string }
  visits:
    from: visits.csv
    key: visit_id
    time: visited_on
    csv: { date_format: "%d.%m.%Y" }
    columns: { visit_id: string, visited_on: date }
  calls:
    from: crm.calls
    key: call_id
    time: called_on
    columns: { call_id: string, deal_id: string, kind: string, called_on: date }
    joins: { deal: { to: deals, on: deal_id } }
metrics:
  won: { formula: sum(deals.amount where is_won and rep.region = 'North') }
  rate: { formula: count(deals where is_won) / count(deals) }
  north: { formula: rate where rep.region = 'North' }
  open_deals: { formula: count(deals) while open }
  per_rep: { formula: avg(won per rep) }
  touched: { formula: avg(deals.touches) }
  latest: { formula: last(deals.amount) }
  dealt: { formula: count(deals) }
  visited: { formula: count(visits) }
  big: { formula: count(deals where is_big) }
  pace: { formula: won_goal.pace }
  days: { formula: "avg(working_days(deals.created_on, deals.closed_on))" }
goals:
  won_goal: { metric: dealt, target: { 2026-01: 100, 2026-02: 120 }, grain: month, pace: working_days }
`;

function meaning(text: string, metric: string): string {
  const { document } = readDocument({ path: 'metrics.yaml', text }, 'project');
  const { model, diagnostics } = resolve(document === null ? [] : [document]);
  expect(diagnostics).toEqual([]);
  expect(model.metrics).toHaveProperty([metric]);
  return meaningHash(model, metric);
}

type Row = readonly [what: string, metric: string, from: string | RegExp, to: string];

const refactorings: readonly Row[] = [
  ['the order of a condition', 'won', "is_won and rep.region = 'North'", "'North' = rep.region and is_won"],
  [
    'a condition behind the brackets',
    'won',
    "amount where is_won and rep.region = 'North')",
    "amount where is_won) where rep.region = 'North'",
  ],
  ['a computed column written out', 'won', 'where is_won and', "where stage = 'won' and"],
  ['another computed column of the same value', 'rate', "{ formula: stage = 'won' }", '{ formula: "\'won\' = stage" }'],
  [
    'brackets, order, and what is said twice',
    'big',
    "amount > 100 and (stage = 'won' and created_on is not null)",
    "(stage = 'won' and 100 < amount) and created_on is not null and stage = 'won'",
  ],
  ['the name of a goal', 'pace', /won_goal/g, 'won_target'],
  ['the name of a table', 'latest', /(?<!crm\.)\bdeals\b/g, 'opportunities'],
  ['a label', 'won', "'North') }", "'North'), label: Won, description: All that was won., owner: sales, unit: EUR }"],
  [
    'a metric named in between',
    'per_rep',
    'per_rep: { formula: avg(won per rep) }',
    'per_rep: { formula: avg(again per rep) }\n  again: { formula: won }',
  ],
  ['a metric written out', 'north', 'rate where', '(count(deals where is_won) / count(deals)) where'],
  [
    'a name of a join',
    'won',
    'rep: { to: reps, on: rep_id }',
    'rep: { to: reps, on: rep_id }, seller: { to: reps, on: rep_id }',
  ],
  ['an unused column', 'won', 'stage: string', 'stage: string\n      colour: string'],
  ['a column under another name', 'won', 'amount: decimal', 'amount: { type: decimal, column: amount }'],
  [
    'weeks of what is asked by none, holidays of no working days',
    'won',
    'week_starts: monday',
    'week_starts: monday, fiscal_year_starts: january',
  ],
];

const changes: readonly Row[] = [
  ['another value', 'won', "'North')", "'South')"],
  ['a condition more', 'won', 'where is_won and', 'where is_won and amount > 0 and'],
  ['another aggregate', 'won', 'won: { formula: sum(', 'won: { formula: avg('],
  ['another column', 'won', 'amount: decimal', 'amount: { type: decimal, column: net_amount }'],
  ['another source', 'won', 'from: crm.deals', 'from: crm.all_deals'],
  ['another key of a join', 'won', 'reps, on: rep_id', 'reps, on: stage'],
  ['a computed column', 'rate', "stage = 'won' }", "stage = 'sold' }"],
  ['a metric below', 'per_rep', 'sum(deals.amount where', 'max(deals.amount where'],
  ['the time axis', 'won', 'time: closed_on', 'time: created_on'],
  ['every rep', 'per_rep', 'avg(won per rep)', 'avg(won per every rep)'],
  ['a lifespan', 'open_deals', 'from: created_on, until: closed_on', 'from: closed_on, until: created_on'],
  ['a roll-up', 'touched', "kind = 'call'", "kind = 'mail'"],
  ['what puts rows in order', 'latest', 'time: closed_on', 'time: created_on'],
  ['how a file is read', 'visited', '%d.%m.%Y', '%m.%d.%Y'],
  ['a target', 'pace', '2026-02: 120', '2026-02: 130'],
  ['the pace of a goal', 'pace', 'pace: working_days', 'pace: linear'],
  ['which side is greater', 'big', 'amount > 100', '100 > amount'],
  ['a condition fewer', 'big', ' and created_on is not null', ''],
  ['where nothing is', 'won', "'North') }", "'North'), empty: null }"],
  [
    'the numerator and the denominator',
    'rate',
    'count(deals where is_won) / count(deals)',
    'count(deals) / count(deals where is_won)',
  ],
  ['the zone of days', 'won', 'time_zone: UTC', 'time_zone: Europe/Madrid'],
  ['the first day of weeks', 'won', 'week_starts: monday', 'week_starts: sunday'],
];

/** A text must be there once; a pattern may be there often. */
function changed(from: string | RegExp, to: string): string {
  const parts = project.split(from).length;
  if (typeof from === 'string') expect(parts).toBe(2);
  else expect(parts).toBeGreaterThan(2);
  return project.replace(from, () => to);
}

describe('keeps its meaning', () => {
  test.each(refactorings)('%s', (_, metric, from, to) => {
    expect(meaning(changed(from, to), metric)).toBe(meaning(project, metric));
  });
});

describe('means something else', () => {
  test.each(changes)('%s', (_, metric, from, to) => {
    expect(meaning(changed(from, to), metric)).not.toBe(meaning(project, metric));
  });
});

test('holidays are a part of working days, and of nothing else', () => {
  const { document } = readDocument({ path: 'metrics.yaml', text: project }, 'project');
  const documents = document === null ? [] : [document];
  const { model } = resolve(documents);
  const other = resolve(documents, { holidays: ['2026-01-01'] }).model;
  expect(meaningHash(other, 'pace')).not.toBe(meaningHash(model, 'pace'));
  expect(meaningHash(other, 'days')).not.toBe(meaningHash(model, 'days'));
  expect(meaningHash(other, 'won')).toBe(meaningHash(model, 'won'));
});

test('metrics that double and double have a meaning all the same', () => {
  const doubled = (from: string, made: (below: string) => string) =>
    Array.from(
      { length: 12 },
      (_, index) => `  ${from}_${index}: { formula: "${made(index === 0 ? 'won' : `${from}_${index - 1}`)}" }`,
    );
  const sums = doubled('sum', below => `${below} + ${below}`);
  const cases = doubled('cut', below => `(${below} where stage = 'a') + (${below} where stage = 'b')`);
  const text = project.replace('goals:', () => `${[...sums, ...cases].join('\n')}\ngoals:`);
  expect(meaning(text, 'sum_11')).not.toBe(meaning(text, 'sum_10'));
  expect(meaning(text, 'cut_11')).not.toBe(meaning(text, 'cut_10'));
});
