/** Meanings: what a refactoring may change, and what it may not. Each row changes a project in one place. */
import { describe, expect, test } from 'vitest';
import { meaningOf, readDocument, resolve } from '../../compiler/index.ts';

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
      touches: { formula: count(calls where kind = 'call') }
    joins: { rep: { to: reps, on: rep_id } }
    lifespans: { open: { from: created_on, until: closed_on } }
  reps:
    from: crm.reps
    key: rep_id
    entity: rep
    columns: { rep_id: string, region: string }
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
  days: { formula: "avg(working_days(deals.created_on, deals.closed_on))" }
`;

function meaning(text: string, metric: string): string {
  const { document } = readDocument({ path: 'metrics.yaml', text }, 'project');
  const { model, diagnostics } = resolve(document === null ? [] : [document]);
  expect(diagnostics).toEqual([]);
  expect(meaningOf(model, metric)).not.toBe('');
  return meaningOf(model, metric);
}

type Row = readonly [what: string, metric: string, from: string, to: string];

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

function changed(from: string, to: string): string {
  expect(project.split(from)).toHaveLength(2);
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
  expect(meaningOf(other, 'days')).not.toBe(meaningOf(model, 'days'));
  expect(meaningOf(other, 'won')).toBe(meaningOf(model, 'won'));
});
