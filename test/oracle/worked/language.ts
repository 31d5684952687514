/** The worked examples of the language's own text, and what follows from the same deals. */
import { deals, reps, type Worked } from './project.ts';

export const language: Worked = {
  title: 'the deals of the language',
  given: {
    now: '2026-03-31',
    metrics: {
      won_revenue: 'sum(deals.amount where is_won)',
      win_rate: "count(deals where is_won) / count(deals where stage in ('won', 'lost'))",
      open_deals: 'count(deals) while open',
      quota: 'sum(quotas.quota)',
      month_before: 'prior(won_revenue, 1 month)',
      quarter_so_far: 'to_date(won_revenue, quarter)',
      ever: 'running(won_revenue)',
      two_months: 'rolling(won_revenue, 2 months)',
      per_rep: 'avg(won_revenue per rep)',
      per_every_rep: 'avg(won_revenue per every rep)',
      share_of_all: 'share(won_revenue)',
      share_of_months: 'share(won_revenue across month)',
      attainment: 'won_revenue / quota',
    },
    rows: {
      deals,
      reps,
      quotas: `
rep_id | month      | quota
r1     | 2026-01-01 | 200
r3     | 2026-02-01 | 100`,
    },
  },
  examples: [
    {
      name: 'revenue by month shows the month without any',
      query: { metrics: ['won_revenue', 'win_rate'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 0   | null
2026-02-01 | 100 | 0.5
2026-03-01 | 30  | 1`,
    },
    {
      name: 'sparse shows months with rows',
      query: { metrics: ['won_revenue'], by: ['month'], period: '2026-Q1', sparse: true },
      expected: `
2026-02-01 | 100
2026-03-01 | 30`,
    },
    {
      name: 'the rate of the quarter is no mean of rates',
      query: { metrics: ['win_rate'], period: '2026-Q1' },
      expected: '0.66666666666667',
    },
    {
      name: 'open deals at the end of each month',
      query: { metrics: ['open_deals'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 3
2026-02-01 | 1
2026-03-01 | 1`,
    },
    {
      name: 'on the day on which it closes a deal is no longer open',
      query: { metrics: ['open_deals'], by: ['day'], period: '2026-02-02..2026-02-03' },
      expected: `
2026-02-02 | 3
2026-02-03 | 2`,
    },
    {
      name: 'the month before, of a month that is shown alone',
      query: { metrics: ['month_before'], by: ['month'], period: '2026-03' },
      expected: '2026-03-01 | 100',
    },
    {
      name: 'the month before, without a grain',
      query: { metrics: ['month_before'], period: '2026-03' },
      expected: '100',
    },
    {
      name: 'the quarter so far',
      query: { metrics: ['quarter_so_far'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 0
2026-02-01 | 100
2026-03-01 | 130`,
    },
    {
      name: 'since the beginning, and over two months',
      query: { metrics: ['ever', 'two_months'], by: ['month'], period: '2026-03' },
      expected: '2026-03-01 | 130 | 130',
    },
    {
      name: 'an average over the reps who won something, and over all reps',
      query: { metrics: ['per_rep', 'per_every_rep'], period: '2026-Q1' },
      expected: '65 | 43.33333333333333',
    },
    {
      name: 'the same by month: a month without won deals has no average',
      query: { metrics: ['per_rep', 'per_every_rep'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | null | null
2026-02-01 | 100  | 33.33333333333333
2026-03-01 | 30   | 10`,
    },
    {
      name: 'shares of all months add up to 1',
      query: { metrics: ['share_of_all', 'share_of_months'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 0                  | 0
2026-02-01 | 0.7692307692307692 | 0.7692307692307692
2026-03-01 | 0.2307692307692308 | 0.2307692307692308`,
    },
    {
      name: 'a rep with a quota and no deals, and one with deals and no quota, both have a row',
      query: { metrics: ['attainment'], by: ['rep'], period: '2026-Q1' },
      expected: `
r1 | 0.5
r2 | null
r3 | 0`,
    },
    {
      name: 'without a bound, deals that are not closed have a bucket of their own',
      query: { metrics: ['won_revenue', 'share_of_all'], by: ['month'] },
      expected: `
2026-02-01 | 100 | 0.7692307692307692
2026-03-01 | 30  | 0.2307692307692308`,
    },
  ],
};
