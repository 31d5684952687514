/** What adds up to what: `metrics explain` tells it, and people add up in spreadsheets what it says. */
import { expect, test } from 'vitest';
import { readDocument, resolve } from '../../compiler/index.ts';
import { metric, project, sound } from './shop.ts';

type Row = readonly [formula: string, groups: string, time: string];

const rows: readonly Row[] = [
  ['count(deals)', 'sum', 'sum'],
  ["sum(deals.cost where stage = 'won')", 'sum', 'sum'],
  ['count(distinct deals.rep_id)', 'distinct', 'distinct'],
  ['avg(deals.cost)', 'none', 'none'],
  ['max(deals.cost)', 'none', 'none'],
  // Constants multiply what adds up, and would be added once for each group.
  ['sum(deals.cost) * 2', 'sum', 'sum'],
  ['2 * sum(deals.cost) / 3', 'sum', 'sum'],
  ['-count(deals)', 'sum', 'sum'],
  ['count(deals) - count(visits)', 'sum', 'sum'],
  ['count(deals) + 1', 'none', 'none'],
  ['2 / count(deals)', 'none', 'none'],
  ['count(deals) / count(visits)', 'none', 'none'],
  ['count(deals) * count(visits)', 'none', 'none'],
  ['count(deals) + count(distinct deals.rep_id)', 'none', 'none'],
  ['count(distinct deals.rep_id) * 2', 'none', 'none'],
  ['if(count(deals) > 1, count(deals), 0)', 'none', 'none'],
  // Stocks, and what depends on the interval.
  ['count(deals) while open', 'sum', 'last'],
  ['count(distinct deals.rep_id) while open', 'distinct', 'none'],
  ['(count(deals) while open) + count(deals)', 'none', 'none'],
  ['count(deals where created_on < period_start)', 'sum', 'none'],
  ['sum(deals.seats where created_on < period_end)', 'sum', 'none'],
  ["(count(deals)) where rep.region = 'North'", 'sum', 'sum'],
  ['(count(deals)) where deals.created_on < period_end', 'sum', 'none'],
  ['prior(count(deals), 1 month)', 'sum', 'none'],
  ['running(sum(deals.cost))', 'sum', 'none'],
  // Sums of finer groups.
  ['sum(count(deals) per rep)', 'sum', 'sum'],
  ['sum(count(deals) per rep, month)', 'sum', 'sum'],
  ['sum(count(deals) per month)', 'none', 'none'],
  ['avg(count(deals) per rep)', 'none', 'none'],
  ['count(count(deals) per rep)', 'none', 'none'],
  ['sum(count(deals) per every rep)', 'none', 'none'],
  ['sum(count(deals) per rep having count(deals) > 1)', 'none', 'none'],
  ['sum(count(deals) while open per rep)', 'sum', 'none'],
  ['total(count(deals))', 'none', 'none'],
  ['rank(count(deals))', 'none', 'none'],
];

function additivityOf(definition: string) {
  const { document, diagnostics } = readDocument(
    { path: 'metrics.yaml', text: project({ ...sound, metric: definition }) },
    'project',
  );
  const resolved = resolve(document === null ? [] : [document]);
  expect([...diagnostics, ...resolved.diagnostics]).toEqual([]);
  return resolved.model.metrics.asked?.additivity;
}

test.each(rows)('%s: %s over groups, %s over time', (formula, groups, time) => {
  expect(additivityOf(metric(formula).metric)).toEqual({ groups, time });
});

test.each([
  ["rep.region = 'North'", 'sum'],
  ['deals.created_on < period_end', 'none'],
])('a metric where %s: %s over time', (condition, wanted) => {
  const named = `{ formula: "other where ${condition}" }\n  other: { formula: count(deals) }`;
  expect(additivityOf(named)).toEqual({ groups: 'sum', time: wanted });
});

test.each([
  ['', 'sum'],
  [', empty: zero', 'none'],
  [', empty: "null"', 'none'],
])('twice a metric with `%s`: %s', (empty, wanted) => {
  const named = `{ formula: 2 * other }\n  other: { formula: count(deals)${empty} }`;
  expect(additivityOf(named)).toEqual({ groups: wanted, time: wanted });
});
