/** Conditions that may fail on a row are tried on rows that a rule lets through alone; others may be tried in any order. */
import { expect, test } from 'vitest';
import { plan, planRows, readDocument, resolve } from '../../compiler/index.ts';

const text = `version: 1
name: acme
currency: EUR
users: { attributes: { region: string } }
rates: { table: rates, from: code, to: target, rate: rate, on: day }
tables:
  deals:
    from: crm.deals
    key: deal_id
    time: closed_on
    columns:
      deal_id: integer
      rep_id: string
      stage: { type: string, values: [won, lost] }
      code: string
      price: { type: decimal, unit: currency(code) }
      amount: decimal
      other: decimal
      points: integer
      score: float
      closed_on: date
      seen_at: timestamp
      worth: { formula: "convert(price, EUR at closed_on)" }
      double: { formula: points * 2 }
      is_won: { formula: stage = 'won' }
      ratio: { formula: points / 3 }
    joins: { rep: { to: reps, on: rep_id } }
  reps:
    from: crm.reps
    key: rep_id
    entity: rep
    columns: { rep_id: string, region: string, level: integer }
  rates:
    from: crm.rates
    key: [code, target, day]
    columns: { code: string, target: string, rate: decimal, day: date }
metrics:
  sold: { formula: count(deals) }
  heads: { formula: count(reps) }
  worth: { formula: sum(deals.worth) }
  worth_of_large: { formula: sum(deals.amount where deals.worth > 5) }
  squared: { formula: sum(deals.points * deals.points) }
  open_points: { formula: sum(deals.points where deals.points * deals.points > 4) }
roles:
  director: { sees: rep.region = user.region, unrestricted: [rates] }
  all: { sees: all }
`;

const { document } = readDocument({ path: 'metrics.yaml', text }, 'project');
if (document === null) throw new Error('no document');
const { model, diagnostics } = resolve([document]);
const now = { day: 20_000, hour: 23 };
const asDirector = { as: 'director', user: { region: 'North' } };

test('the definitions are right', () => {
  expect(diagnostics).toEqual([]);
});

const conditions: readonly (readonly [string, 'fenced' | 'open'])[] = [
  ["stage = 'won'", 'open'],
  ['is_won', 'open'],
  ["stage in ('won', 'lost') and not (code is null)", 'open'],
  ["lower(code) like 'e%' or starts_with(code, 'U')", 'open'],
  ['points > 5 and points <> 7', 'open'],
  ['points in (1, 2)', 'open'],
  ['amount > 100', 'open'],
  ['closed_on >= 2026-01-01', 'open'],
  ["rep.region = 'North' and rep.level > 2", 'open'],
  ['coalesce(points, 0) = 1', 'open'],
  // Decimals meet at the digits of both.
  ['amount > 0.5', 'fenced'],
  ['amount = other', 'fenced'],
  ['amount in (1, 2.5)', 'fenced'],
  ['coalesce(amount, 0) = 1', 'fenced'],
  ['score > 1', 'fenced'],
  ['points + 1 > 5', 'fenced'],
  ['double = 4', 'fenced'],
  ['ratio > 1', 'fenced'],
  ['worth > 1', 'fenced'],
  ['rep.level * rep.level > 5', 'fenced'],
  ['add_days(closed_on, points) > 2026-01-01', 'fenced'],
  ['year(closed_on) = 2026', 'fenced'],
  ["substring(code, points) = 'x'", 'fenced'],
  ["stage = 'won' and (is_won or power(points, points) > 1)", 'fenced'],
];

test.each(conditions)('%s: %s', (where, wanted) => {
  const isFenced = (query: object) => plan(model, { metrics: ['sold'], where, ...query }, now).plan?.isFenced;
  expect(isFenced(asDirector)).toBe(wanted === 'fenced');
  expect(planRows(model, { metrics: ['sold'], where, ...asDirector }, now).plan?.isFenced).toBe(wanted === 'fenced');
  // Nothing is hidden from these.
  expect(isFenced({})).toBe(false);
  expect(isFenced({ as: 'all' })).toBe(false);
});

const questions: readonly (readonly [string, object, boolean])[] = [
  ['what is summed', { metrics: ['worth', 'squared'], by: ['month'] }, false],
  ['a metric of its own condition', { metrics: ['worth_of_large'] }, true],
  ['a bound of groups', { metrics: ['sold'], by: ['rep.region'], having: 'worth > 2.5' }, false],
  ['a bound of groups of several tables', { metrics: ['sold', 'heads'], having: 'worth / heads > 2.5' }, false],
];

test.each(questions)('%s', (_, query, wanted) => {
  expect(plan(model, { metrics: [], ...query, ...asDirector }, now).plan?.isFenced).toBe(wanted);
});
