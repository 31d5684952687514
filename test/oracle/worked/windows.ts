/** Moved and accumulated time: cut buckets, ends of months, fiscal years, the bucket of now. */
import { reps, type Worked } from './project.ts';

/** Sums of powers of two tell which rows are in them. */
const rows = `
deal_id | rep_id | amount | stage | created_on | closed_on
d0      | r1     | 1      | won   | 2025-01-05 | 2025-02-28
d1      | r1     | 2      | won   | 2025-01-05 | 2025-11-20
d2      | r2     | 4      | won   | 2025-01-05 | 2026-01-15
d3      | r1     | 8      | won   | 2025-01-05 | 2026-01-28
d4      | r2     | 16     | won   | 2025-01-05 | 2026-01-29
d5      | r1     | 32     | won   | 2025-01-05 | 2026-02-10
d6      | r1     | 64     | won   | 2025-01-05 | 2026-02-28
d7      | r2     | 128    | won   | 2025-01-05 | 2026-03-01
d8      | r1     | 256    | won   | 2025-01-05 | 2026-03-10
d9      | r1     | 512    | won   | 2025-01-05 | 2026-03-11
d10     | r1     | 1024   | won   | 2025-01-05 | 2026-03-31
d11     | r1     | 2048   | open  | 2025-01-05 |`;

export const windows: Worked = {
  title: 'moved and accumulated time',
  given: {
    now: '2026-03-10',
    settings: 'calendar: { week_starts: monday, fiscal_year_starts: february }',
    metrics: {
      amount: 'sum(deals.amount)',
      before: 'prior(amount)',
      month_before: 'prior(amount, 1 month)',
      year_before: 'prior(amount, 1 year)',
      week_before: 'prior(amount, 1 week)',
      fiscal: 'to_date(amount, fiscal_year)',
      of_month: 'to_date(amount, month)',
      month_long: 'rolling(amount, 1 month)',
      three_days: 'rolling(amount, 3 days)',
      ever: 'running(amount)',
      rise: 'change(amount)',
      rate: 'growth(amount)',
      rise_of_loss: 'growth(amount - 100, 1 month)',
      ever_before: 'prior(running(amount), 1 month)',
      running_before: 'running(prior(amount, 1 month))',
      fiscal_before: 'prior(to_date(amount, fiscal_year), 1 month)',
      north: "(before) where rep.region = 'north'",
      reach: 'prior(sum(deals.amount where closed_on <= period_end - 10 days), 1 month)',
    },
    rows: { deals: rows, reps },
  },
  examples: [
    {
      name: 'a bucket that the period cuts moves by its first and its last day',
      query: { metrics: ['month_before'], by: ['month'], period: '2026-02-15..2026-03-31' },
      // [02-15, 03-01) moves to [01-15, 01-29), March as a whole to February.
      expected: `
2026-02-01 | 12
2026-03-01 | 96`,
    },
    {
      name: '31, 30 and 29 March less a month are all 28 February',
      query: { metrics: ['month_before'], by: ['day'], period: '2026-03-28..2026-03-31', sparse: true },
      expected: `
2026-03-28 | 64
2026-03-29 | 64
2026-03-30 | 64
2026-03-31 | 64`,
    },
    {
      name: 'without a step: one bucket',
      query: { metrics: ['amount', 'before'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 28   | 0
2026-02-01 | 96   | 28
2026-03-01 | 1920 | 96`,
    },
    {
      name: 'without a step and a grain: the length of the period, in months where it is months',
      query: { metrics: ['before'], period: '2026-Q1' },
      expected: '2',
    },
    {
      name: 'and in days where it is not: ten days back from 10 February are 31 January',
      query: { metrics: ['before'], period: '2026-02-10..2026-02-19' },
      expected: '0',
    },
    {
      name: 'thirteen days back from 10 February are 28 January',
      query: { metrics: ['before'], period: '2026-02-10..2026-02-22' },
      expected: '24',
    },
    {
      name: 'weeks move by weeks',
      query: { metrics: ['amount', 'week_before', 'before'], by: ['week'], period: '2026-03-02..2026-03-15' },
      // The week of 23 February ends with 1 March.
      expected: `
2026-03-02 | 0   | 192 | 192
2026-03-09 | 768 | 0   | 0`,
    },
    {
      name: 'a year before',
      query: { metrics: ['year_before'], by: ['month'], period: '2026-Q1', sparse: true },
      expected: '2026-02-01 | 1',
    },
    {
      name: 'the fiscal year so far begins in February',
      query: { metrics: ['fiscal'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 31
2026-02-01 | 96
2026-03-01 | 2016`,
    },
    {
      name: 'a week that ends in a month reads that month so far',
      query: { metrics: ['of_month'], by: ['week'], period: '2026-02-23..2026-03-08' },
      expected: `
2026-02-23 | 128
2026-03-02 | 128`,
    },
    {
      name: 'a moving month ends today in the month of today, and with the month elsewhere',
      query: { metrics: ['month_long', 'three_days'], by: ['month'], period: '2026-Q1' },
      // Until 2026-03-11 from 2026-02-11; a month that is over from its first day.
      expected: `
2026-01-01 | 28  | 16
2026-02-01 | 96  | 64
2026-03-01 | 448 | 256`,
    },
    {
      name: 'since the beginning, in months to come as well; what is not dated has no place in it',
      query: { metrics: ['ever'], by: ['month'], period: '2026-01..2026-04' },
      expected: `
2026-01-01 | 31
2026-02-01 | 127
2026-03-01 | 2047
2026-04-01 | 2047`,
    },
    {
      name: 'difference and growth; growth of nothing is nothing',
      query: { metrics: ['rise', 'rate'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 28   | null
2026-02-01 | 68   | 2.428571428571429
2026-03-01 | 1824 | 19`,
    },
    {
      name: 'from a loss to a smaller one is growth',
      query: { metrics: ['rise_of_loss'], by: ['month'], period: '2026-02' },
      // From -72 to -4.
      expected: '2026-02-01 | 0.9444444444444444',
    },
    {
      name: 'windows in windows: the outer one first',
      query: { metrics: ['ever_before', 'running_before', 'fiscal_before'], by: ['month'], period: '2026-02..2026-03' },
      expected: `
2026-02-01 | 31  | 31  | 31
2026-03-01 | 127 | 127 | 96`,
    },
    {
      name: 'a condition goes into what is moved',
      query: { metrics: ['north'], by: ['month'], period: '2026-02..2026-03' },
      expected: `
2026-02-01 | 8
2026-03-01 | 96`,
    },
    {
      name: 'the last day of the period moves with it',
      query: { metrics: ['reach'], by: ['month'], period: '2026-02..2026-03' },
      // Until 21 January, and until 18 February.
      expected: `
2026-02-01 | 4
2026-03-01 | 32`,
    },
  ],
};
