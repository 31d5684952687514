/** Stocks, and the days on which things are read. */
import { deals, reps, type Worked } from './project.ts';

const shared = { deals, reps };

export const stocks: Worked = {
  title: 'stocks and days of reading',
  given: {
    now: '2026-02-05',
    metrics: {
      open_deals: 'count(deals) while open',
      pipeline: 'sum(deals.amount) while open',
      opening_deals: 'opening(open_deals)',
      month_before: 'prior(open_deals, 1 month)',
      opening_before: 'opening(prior(open_deals, 1 month))',
      mean_open: 'avg(open_deals per month)',
      mean_every: 'avg(open_deals per every month)',
      employed: 'count(reps) while employed',
      deals_each: 'open_deals / employed',
      age: 'avg(deals.age) while open',
      last_day: 'min(if(deals.deal_id is null, period_end, period_end)) while open',
      still_open: 'running(count(deals where closed_on is null or closed_on > period_end) at created_on)',
      per_day: 'count(deals) / (days_between(period_start, period_end) + 1)',
      read_on: 'if(count(deals) >= 0, as_of, null)',
      moved_day: 'prior(if(count(deals) >= 0, period_end, null), 1 month)',
      older: 'count(deals where as_of - created_on > 20) while open',
      total_open: 'total(open_deals)',
      share_open: 'share(open_deals across rep)',
      old_one: 'rank(pipeline)',
    },
    rows: shared,
  },
  examples: [
    {
      name: 'in the bucket of now a stock is read at the end of today; months to come show what is still there',
      query: { metrics: ['open_deals', 'pipeline'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 3 | 160
2026-02-01 | 2 | 60
2026-03-01 | 1 | 50`,
    },
    {
      name: 'without a grain: at the end of the period',
      query: { metrics: ['open_deals'], period: '2026-01' },
      expected: '3',
    },
    {
      name: 'of a period that is not over: today',
      query: { metrics: ['open_deals'], period: '2026-Q1' },
      expected: '2',
    },
    {
      name: 'without a period: today',
      query: { metrics: ['open_deals', 'employed'], by: ['rep.region'] },
      // North: b. South: c; Bob and Cid.
      expected: `
north | 1 | 1
south | 1 | 2`,
    },
    {
      name: 'at the start of each interval, and at the end of the month before',
      query: { metrics: ['opening_deals', 'month_before', 'opening_before'], by: ['month'], period: '2026-Q1' },
      // March looks back at February, which is not over: it is read today.
      expected: `
2026-01-01 | 0 | 0 | 0
2026-02-01 | 3 | 3 | 0
2026-03-01 | 1 | 2 | 3`,
    },
    {
      name: 'averaged over the months, those to come too where something is left',
      query: { metrics: ['mean_open', 'mean_every'], period: '2026-Q1' },
      expected: '2 | 2',
    },
    {
      name: 'a stock of a table without a time axis, and one stock by another',
      query: { metrics: ['employed', 'deals_each'], by: ['month'], period: '2026-01..2026-03' },
      // Bob leaves on 15 February, Cid came on the first.
      expected: `
2026-01-01 | 2 | 1.5
2026-02-01 | 3 | 0.6666666666666667
2026-03-01 | 2 | 0.5`,
    },
    {
      name: 'ages on the day of reading',
      query: { metrics: ['age', 'older'], by: ['month'], period: '2026-01..2026-02' },
      // 31 January: 21, 16 and 11 days. 5 February: b 21, c 16.
      expected: `
2026-01-01 | 16   | 1
2026-02-01 | 18.5 | 1`,
    },
    {
      name: 'the days of the interval inside a measure',
      query: { metrics: ['last_day'], by: ['month'], period: '2026-01-15..2026-02-10' },
      expected: `
2026-01-01 | 2026-01-31
2026-02-01 | 2026-02-10`,
    },
    {
      name: 'what was open at the end, as a condition on all that was ever created',
      query: { metrics: ['still_open'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 3
2026-02-01 | 1
2026-03-01 | 1`,
    },
    {
      name: 'days of the interval beside measures',
      query: { metrics: ['per_day', 'read_on', 'moved_day'], by: ['month'], period: '2026-01..2026-02' },
      expected: `
2026-01-01 | 0                  | 2026-01-31 | 2025-12-31
2026-02-01 | 0.0714285714285714 | 2026-02-05 | 2026-01-31`,
    },
    {
      name: 'of a bucket that the period cuts',
      query: { metrics: ['read_on', 'moved_day'], by: ['month'], period: '2026-01-01..2026-02-03' },
      expected: `
2026-01-01 | 2026-01-31 | 2025-12-31
2026-02-01 | 2026-02-03 | 2026-01-03`,
    },
    {
      name: 'a total of a stock by month is its value at the end of the period',
      query: { metrics: ['total_open'], by: ['month'], period: '2025-12..2026-01' },
      expected: `
2025-12-01 | 3
2026-01-01 | 3`,
    },
    {
      name: 'shares and places of stocks',
      query: { metrics: ['share_open', 'old_one'], by: ['rep'], period: '2026-01' },
      expected: `
r1 | 0.6666666666666667 | 1
r2 | 0.3333333333333333 | 2`,
    },
  ],
};

/** Moments of a lifespan in a zone: the night from the 1st to the 2nd of February in Madrid begins at 23:00. */
export const zones: Worked = {
  title: 'stocks of timestamps',
  given: {
    now: '2026-02-10',
    settings: 'time_zone: Europe/Madrid',
    metrics: { warm: 'count(deals) while warm' },
    rows: {
      reps,
      deals: `
deal_id | rep_id | amount | stage | created_on | closed_on  | touched_at
a       | r1     | 1      | open  | 2026-01-01 |            | 2026-02-01 22:59:59
b       | r1     | 1      | open  | 2026-01-01 |            | 2026-02-01 23:00:00
c       | r1     | 1      | open  | 2026-01-01 | 2026-02-02 | 2026-01-31 12:00:00
d       | r1     | 1      | open  | 2026-01-01 |            |`,
    },
  },
  examples: [
    {
      name: 'alive from the local day on',
      query: { metrics: ['warm'], by: ['day'], period: '2026-02-01..2026-02-02' },
      // a and c; then a and b.
      expected: `
2026-02-01 | 2
2026-02-02 | 2`,
    },
  ],
};

/** Balances that are taken on days: the last one of each interval counts. */
export const snapshots: Worked = {
  title: 'snapshots',
  given: {
    now: '2026-03-31',
    metrics: {
      balance: 'last(sum(snapshots.balance) per snapshots.taken_on)',
      first_balance: 'first(sum(snapshots.balance) per snapshots.taken_on)',
      month_before: 'prior(balance, 1 month)',
      mean_balance: 'avg(balance per month)',
      up_to_now: 'running(balance)',
    },
    rows: {
      reps,
      snapshots: `
rep_id | taken_on   | balance
r1     | 2026-01-10 | 1
r1     | 2026-01-31 | 2
r2     | 2026-01-31 | 4
r1     | 2026-02-20 | 8
r2     | 2026-02-10 | 16`,
    },
  },
  examples: [
    {
      name: 'the last and the first day of each month',
      query: { metrics: ['balance', 'first_balance', 'month_before'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 6    | 1    | null
2026-02-01 | 8    | 16   | 6
2026-03-01 | null | null | 8`,
    },
    {
      name: 'each group has its own last day',
      query: { metrics: ['balance', 'mean_balance'], by: ['rep'], period: '2026-Q1' },
      expected: `
r1 | 8  | 5
r2 | 16 | 10`,
    },
    {
      name: 'the last so far',
      query: { metrics: ['up_to_now', 'mean_balance'], by: ['month'], period: '2026-02..2026-03' },
      expected: `
2026-02-01 | 8 | 8
2026-03-01 | 8 | null`,
    },
  ],
};
