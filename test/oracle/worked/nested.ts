/** Aggregates of finer groups: groups of null, every member, every month, conditions on groups. */
import { deals, reps, type Worked } from './project.ts';

const more = `${deals}
e       |        | 7      | won   | 2026-02-01 | 2026-03-20
f       | r9     | 5      | won   | 2026-02-01 | 2026-03-21
g       | r1     |        | won   | 2026-02-01 | 2026-02-22`;

export const nested: Worked = {
  title: 'aggregates of finer groups',
  given: {
    now: '2026-03-31',
    metrics: {
      won: 'sum(deals.amount where is_won)',
      deal_count: 'count(deals)',
      closed: 'count(deals) at closed_on',
      won_or_null: { formula: 'won', empty: 'null' },
      best: 'max(deals.amount where is_won)',
      per_rep: 'avg(won per rep)',
      reps_with: 'count(won per rep)',
      best_ones: 'count(best per rep)',
      counted: "sum(count(deals where stage = 'lost') per rep)",
      lowest: 'min(won per every rep)',
      every_region: 'avg(won per every rep.region)',
      big_reps: 'count(won per rep having won > 20)',
      not_big: 'count(won per every rep having won <= 20)',
      of_big: 'sum(won per rep having won > 1000)',
      months: 'avg(won per month)',
      every_month: 'avg(won per every month)',
      rise: 'avg(change(won) per month)',
      latest: 'last(won per month)',
      both: 'max(won per rep, month)',
      every_both: 'avg(won per every rep, month)',
      deep: 'max(avg(won per rep) per month)',
      moved: 'prior(avg(won per rep), 1 month)',
      so_far: 'to_date(count(won per rep), quarter)',
      ever: 'running(count(won per month))',
      south: "(avg(won per every rep)) where rep.region = 'south'",
      middle: 'median(deal_count per rep)',
      nine: 'percentile(deal_count, 0.5 per rep)',
      regions: 'count(distinct best per month)',
      alike: 'corr(deal_count, closed per rep)',
      null_inside: 'count(won_or_null per every rep)',
    },
    rows: { deals: more, reps },
  },
  examples: [
    {
      name: 'deals without a rep are a group, those of an unknown rep another',
      query: { metrics: ['per_rep', 'reps_with', 'best_ones'], period: '2026-Q1' },
      // r1 100, r2 30, none 7, r9 5.
      expected: '35.5 | 4 | 4',
    },
    {
      name: 'by the rep himself each group has one',
      query: { metrics: ['won', 'per_rep', 'reps_with'], by: ['rep'], period: '2026-Q1' },
      expected: `
r1   | 100 | 100 | 1
r2   | 30  | 30  | 1
r9   | 5   | 5   | 1
null | 7   | 7   | 1`,
    },
    {
      name: 'nothing to sum is 0, and nothing to average null',
      query: { metrics: ['counted', 'of_big', 'per_rep'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 0 | 0 | null
2026-02-01 | 1 | 0 | 100
2026-03-01 | 0 | 0 | 14`,
    },
    {
      name: 'every rep: those of the table, and the groups that are none of it',
      query: { metrics: ['lowest', 'every_region'], period: '2026-Q1' },
      // North 100, south 30, none 12.
      expected: '0 | 47.33333333333333',
    },
    {
      name: 'every rep by region: those of the region',
      query: { metrics: ['lowest'], by: ['rep.region'], period: '2026-Q1' },
      expected: `
north | 100
south | 0
null  | 5`,
    },
    {
      name: 'groups that meet a condition, added ones among them',
      query: { metrics: ['big_reps', 'not_big'], period: '2026-Q1' },
      expected: '2 | 3',
    },
    {
      name: 'the same by month',
      query: { metrics: ['big_reps', 'not_big'], by: ['month'], period: '2026-Q1' },
      // February: r2 and r3. March: r1, r3, none, r9.
      expected: `
2026-01-01 | 0 | 0
2026-02-01 | 1 | 2
2026-03-01 | 1 | 4`,
    },
    {
      name: 'months with rows, and every month that has begun',
      query: { metrics: ['months', 'every_month', 'latest'], period: '2026' },
      expected: '71 | 47.33333333333333 | 42',
    },
    {
      name: 'months of a quarter, by quarter',
      query: { metrics: ['months', 'every_month'], by: ['quarter'], period: '2026' },
      expected: '2026-01-01 | 71 | 47.33333333333333',
    },
    {
      name: 'what moves inside moves by the inner bucket',
      query: { metrics: ['rise'], period: '2026-Q1' },
      // February 100 - 0, March 42 - 100.
      expected: '21',
    },
    {
      name: 'by rep and month inside',
      query: { metrics: ['both', 'every_both'], by: ['rep.region'], period: '2026-Q1' },
      // South: r2 and r3, each in the one month that has rows.
      expected: `
north | 100 | 100
south | 30  | 15
null  | 7   | 6`,
    },
    {
      name: 'aggregates of aggregates',
      query: { metrics: ['deep'], period: '2026-Q1' },
      // February 100, March (30 + 7 + 5) / 3.
      expected: '100',
    },
    {
      name: 'windows of aggregates of groups',
      query: { metrics: ['moved', 'so_far', 'ever'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | null | 0 | 0
2026-02-01 | null | 1 | 1
2026-03-01 | 100  | 4 | 2`,
    },
    {
      name: 'a condition on the groups reaches the members as well',
      query: { metrics: ['south'], period: '2026-Q1' },
      expected: '15',
    },
    {
      name: 'a condition of the query does the same',
      query: { metrics: ['lowest', 'reps_with'], period: '2026-Q1', where: "rep.region = 'south'" },
      expected: '0 | 1',
    },
    {
      name: 'medians and correlations of groups',
      query: { metrics: ['middle', 'nine', 'regions'], period: '2026-Q1' },
      // r1 3, r2 1, none 1, r9 1; the best of February 100 and of March 30.
      expected: '1 | 1 | 2',
    },
    {
      name: 'without a bound deals without a date count as well, except where `at` was said',
      query: { metrics: ['deal_count', 'closed', 'alike'] },
      // r1 3 and 3, r2 2 and 1, none 1 and 1, r9 1 and 1.
      expected: '7 | 6 | 0.870388279778489',
    },
    {
      name: '`empty` holds inside',
      query: { metrics: ['null_inside', 'reps_with'], period: '2026-02' },
      expected: '1 | 1',
    },
    {
      name: 'having of the query may aggregate groups',
      query: { metrics: ['won'], by: ['month'], period: '2026-Q1', having: 'reps_with > 0' },
      expected: `
2026-02-01 | 100
2026-03-01 | 42`,
    },
  ],
};
