/** Tables with versions of their rows: which one a join finds, which ones a measure takes, and who is a member. */
import type { Worked } from './project.ts';

const repColumns = {
  rep_id: 'string',
  region: 'string',
  level: 'integer',
  manager_id: 'string',
  hired_on: 'date',
  valid_from: 'date',
  valid_until: 'date',
};

const tables = {
  reps: {
    from: 'reps',
    key: 'rep_id',
    entity: 'rep',
    valid: { from: 'valid_from', until: 'valid_until' },
    columns: {
      ...repColumns,
      deals_made: { formula: 'count(deals)' },
      senior_deals: { formula: 'count(deals where rep.level > 1)' },
    },
    joins: { manager: { to: 'reps', on: 'manager_id' } },
    lifespans: { known: { from: 'hired_on', until: 'valid_until' } },
  },
  deals: {
    from: 'deals',
    key: 'deal_id',
    time: 'closed_on',
    columns: { deal_id: 'string', rep_id: 'string', amount: 'decimal', created_on: 'date', closed_on: 'date' },
    joins: {
      rep: { to: 'reps', on: 'rep_id' },
      rep_then: { to: 'reps', on: 'rep_id', as_of: 'created_on' },
      rep_now: { to: 'reps', on: 'rep_id', as_of: 'now' },
    },
    lifespans: { open: { from: 'created_on', until: 'closed_on' } },
  },
};

/** Ann moves south on 10 February; Bob is away for two weeks of February and leaves on 10 March; Cid comes in March; Dan is nowhere yet. */
const reps = `
rep_id | region | level | manager_id | hired_on   | valid_from | valid_until
r1     | north  | 1     | r2         | 2026-01-01 | 2026-01-01 | 2026-02-10
r1     | south  | 2     | r2         | 2026-01-01 | 2026-02-10 |
r2     | south  | 1     | r1         | 2026-01-05 | 2026-01-01 | 2026-02-01
r2     | north  | 3     | r1         | 2026-01-05 | 2026-02-15 | 2026-03-10
r3     | north  | 1     |            | 2026-03-01 | 2026-03-01 |
r4     | east   | 9     | r1         | 2026-03-01 |            | 2026-06-01`;

const deals = `
deal_id | rep_id | amount | created_on | closed_on
a       | r1     | 100    | 2026-01-10 | 2026-02-09
b       | r1     | 10     | 2026-01-15 | 2026-02-10
c       | r2     | 50     | 2026-01-20 | 2026-02-05
d       | r2     | 30     | 2026-02-20 | 2026-03-10
e       | r3     | 5      | 2026-02-28 |
f       | r4     | 7      | 2026-03-01 | 2026-03-05`;

export const versions: Worked = {
  title: 'versions',
  given: {
    now: '2026-03-31',
    tables,
    metrics: {
      closed: 'count(deals)',
      amount: 'sum(deals.amount)',
      made: 'count(deals) at created_on',
      open_deals: 'count(deals) while open',
      rep_count: 'count(reps)',
      levels: 'sum(reps.level)',
      levels_before: 'prior(levels, 1 month)',
      levels_at_start: 'opening(levels)',
      hired: 'count(reps) at hired_on',
      known: 'count(reps) while known',
      each: 'avg(closed per every rep)',
      each_month: 'avg(closed per every rep, every month)',
      rolled: 'sum(reps.deals_made)',
      rolled_senior: 'sum(reps.senior_deals)',
      north: "(closed) where rep.region = 'north'",
      north_open: "(open_deals) where rep.region = 'north'",
    },
    rows: { reps, deals },
  },
  examples: [
    {
      name: 'a join finds the version of the day on which the deal closed: the first day is in it, the last is not',
      query: { metrics: ['closed', 'amount'], by: ['rep.region'], period: '2026-Q1' },
      // a: Ann in the north; b: on the 10th in the south; c: Bob is away; d: he left that day; f: Dan is nowhere.
      expected: `
north | 1 | 100
south | 1 | 10
null  | 3 | 87`,
    },
    {
      name: 'or of another day',
      query: { metrics: ['closed', 'amount'], by: ['rep_then.region'], period: '2026-Q1' },
      expected: `
north | 3 | 140
south | 1 | 50
null  | 1 | 7`,
    },
    {
      name: 'or of today',
      query: { metrics: ['closed', 'amount'], by: ['rep_now.region'], period: '2026-Q1' },
      expected: `
south | 2 | 110
null  | 3 | 87`,
    },
    {
      name: 'the own date is that of the axis which the measure chooses',
      query: { metrics: ['made'], by: ['rep.region'], period: '2026-Q1' },
      // e: Cid comes the day after.
      expected: `
north | 3
south | 1
null  | 2`,
    },
    {
      name: 'a deal without that date finds nobody',
      query: { metrics: ['closed'], by: ['rep.region', 'rep_now.region'] },
      expected: `
north | south | 1
south | south | 1
null  | north | 1
null  | null  | 3`,
    },
    {
      name: 'the key stays where no version is found',
      query: { metrics: ['amount'], by: ['rep', 'rep.region'], period: '2026-Q1' },
      expected: `
r1 | north | 100
r1 | south | 10
r2 | null  | 80
r4 | null  | 7`,
    },
    {
      name: 'conditions read the same versions',
      query: { metrics: ['north', 'north_open'], by: ['month'], period: '2026-Q1' },
      // Open and in the north: Ann's a and b on 31 January; Bob's d on 28 February; Cid's e today.
      expected: `
2026-01-01 | 0 | 2
2026-02-01 | 1 | 1
2026-03-01 | 0 | 1`,
    },
    {
      name: 'behind a join too the own date is the measure’s',
      query: { metrics: ['made'], by: ['rep.manager.region'], period: '2026-Q1' },
      // Bob on 10 and 15 January: south. Ann on 20 January: north; on 20 February: south.
      expected: `
north | 1
south | 3
null  | 2`,
    },
    {
      name: 'in a stock joins find the version of the day on which it is read',
      query: { metrics: ['open_deals'], by: ['rep.region', 'month'], period: '2026-Q1' },
      expected: `
north | 2026-01-01 | 2
north | 2026-02-01 | 1
north | 2026-03-01 | 1
south | 2026-01-01 | 1
south | 2026-02-01 | 0
south | 2026-03-01 | 0
null  | 2026-01-01 | 0
null  | 2026-02-01 | 1
null  | 2026-03-01 | 0`,
    },
    {
      name: 'those of another date as well',
      query: { metrics: ['open_deals'], by: ['rep_then.region', 'month'], period: '2026-Q1', sparse: true },
      expected: `
north | 2026-01-01 | 2
north | 2026-02-01 | 1
north | 2026-03-01 | 1
south | 2026-01-01 | 1
null  | 2026-02-01 | 1`,
    },
    {
      name: 'now stays now',
      query: { metrics: ['open_deals'], by: ['rep_now.region', 'month'], period: '2026-Q1', sparse: true },
      expected: `
north | 2026-02-01 | 1
north | 2026-03-01 | 1
south | 2026-01-01 | 2
null  | 2026-01-01 | 1
null  | 2026-02-01 | 1`,
    },
    {
      name: 'a measure takes one version of each: the one of the day on which it is read',
      query: {
        metrics: ['rep_count', 'levels', 'levels_before', 'levels_at_start'],
        by: ['month'],
        period: '2026-Q1',
      },
      // 31 January: 1 + 1; 28 February: 2 + 3; today: 2 + 1. A month opens as the one before has ended.
      expected: `
2026-01-01 | 2 | 2 | 0 | 0
2026-02-01 | 2 | 5 | 2 | 2
2026-03-01 | 2 | 3 | 5 | 5`,
    },
    {
      name: 'where they were',
      query: { metrics: ['rep_count'], by: ['month', 'rep.region', 'rep'], period: '2026-Q1', sparse: true },
      expected: `
2026-01-01 | north | r1 | 1
2026-01-01 | south | r2 | 1
2026-02-01 | north | r2 | 1
2026-02-01 | south | r1 | 1
2026-03-01 | north | r3 | 1
2026-03-01 | south | r1 | 1`,
    },
    {
      name: 'over a period as on its last day, and without one as today',
      query: { metrics: ['rep_count', 'levels'], period: '2026-02' },
      expected: '2 | 5',
    },
    {
      name: 'without a period',
      query: { metrics: ['rep_count', 'levels'] },
      expected: '2 | 3',
    },
    {
      name: 'by a date of theirs: those of the interval, as they are on its last day',
      query: { metrics: ['hired'], by: ['month'], period: '2026-Q1' },
      expected: `
2026-01-01 | 2
2026-02-01 | 0
2026-03-01 | 1`,
    },
    {
      name: 'who has left by then is in no version',
      query: { metrics: ['hired'], by: ['rep'], period: '2026-Q1' },
      expected: `
r1 | 1
r3 | 1`,
    },
    {
      name: 'a span of theirs, and valid too',
      query: { metrics: ['known'], by: ['month'], period: '2026-01-01..2026-03-05' },
      // 31 January: both. 28 February: both. 5 March: Ann, Bob and Cid.
      expected: `
2026-01-01 | 2
2026-02-01 | 2
2026-03-01 | 3`,
    },
    {
      name: 'the members of an interval are those with a version in it',
      query: { metrics: ['closed'], by: ['rep'], period: '2026-03', complete: ['rep'] },
      expected: `
r1 | 0
r2 | 1
r3 | 0
r4 | 1`,
    },
    {
      name: 'with their attributes, each version that lies in it',
      query: { metrics: ['closed'], by: ['rep', 'rep.region'], period: '2026-02', complete: ['rep'] },
      // Bob's first version ended on 1 February.
      expected: `
r1 | north | 1
r1 | south | 1
r2 | north | 0
r2 | null  | 1`,
    },
    {
      name: 'by month each month has its own members',
      query: { metrics: ['closed'], by: ['rep', 'month'], period: '2026-Q1', complete: ['rep'] },
      expected: `
r1 | 2026-01-01 | 0
r1 | 2026-02-01 | 2
r1 | 2026-03-01 | 0
r2 | 2026-01-01 | 0
r2 | 2026-02-01 | 1
r2 | 2026-03-01 | 1
r3 | 2026-03-01 | 0
r4 | 2026-01-01 | 0
r4 | 2026-02-01 | 0
r4 | 2026-03-01 | 1`,
    },
    {
      name: 'an average over every rep',
      query: { metrics: ['each', 'each_month'], period: '2026-03' },
      // Ann 0, Bob 1, Cid 0, and Dan who is no member and closed one.
      expected: '0.5 | 0.5',
    },
    {
      name: 'over every rep of every month',
      query: { metrics: ['each', 'each_month'], period: '2026-Q1' },
      // Quarter: Ann 2, Bob 2, Cid 0, Dan 1. Months: Ann 0 2 0, Bob 0 1 1, Cid in March 0, Dan in March 1.
      expected: '1.25 | 0.625',
    },
    {
      name: 'each version has all the rows that point to its key',
      query: { metrics: ['rolled', 'rolled_senior'], by: ['rep'], period: '2026-Q1' },
      // Today Ann with a and b, and Cid with e. Ann was at level 2 when b closed.
      expected: `
r1 | 2 | 1
r3 | 1 | 0`,
    },
  ],
};

/** Instants against instants, and days against days: in Madrid it is an hour later. */
export const instants: Worked = {
  title: 'versions by the instant',
  given: {
    now: '2026-01-31',
    settings: 'time_zone: Europe/Madrid',
    tables: {
      shifts: {
        from: 'shifts',
        key: 'rep_id',
        entity: 'shift',
        valid: { from: 'started_at', until: 'ended_at' },
        columns: { rep_id: 'string', region: 'string', started_at: 'timestamp', ended_at: 'timestamp' },
      },
      calls: {
        from: 'calls',
        key: 'call_id',
        time: 'called_at',
        columns: {
          call_id: 'string',
          rep_id: 'string',
          called_at: 'timestamp',
          called_on: { formula: 'date(called_at)' },
        },
        joins: {
          shift: { to: 'shifts', on: 'rep_id' },
          day_shift: { to: 'shifts', on: 'rep_id', as_of: 'called_on' },
        },
      },
    },
    metrics: { calls_made: 'count(calls)', on_shift: 'count(shifts)' },
    rows: {
      shifts: `
rep_id | region | started_at          | ended_at
r1     | north  | 2026-01-10 10:00:00 | 2026-01-20 10:00:00
r1     | south  | 2026-01-20 10:00:00 |
r2     | north  | 2026-01-19 23:00:00 | 2026-01-20 23:00:00`,
      calls: `
call_id | rep_id | called_at
1       | r1     | 2026-01-10 09:59:59
2       | r1     | 2026-01-10 10:00:00
3       | r1     | 2026-01-20 09:59:59
4       | r1     | 2026-01-20 10:00:00
5       | r1     | 2026-01-19 23:30:00`,
    },
  },
  examples: [
    {
      name: 'timestamps meet by the instant',
      query: { metrics: ['calls_made'], by: ['shift.region'], period: '2026-01' },
      expected: `
north | 3
south | 1
null  | 1`,
    },
    {
      name: 'a date meets them by the local day',
      query: { metrics: ['calls_made'], by: ['day_shift.region'], period: '2026-01' },
      // The 19th at 23:30 is the 20th in Madrid.
      expected: `
north | 2
south | 3`,
    },
    {
      name: 'a stock is read when the next local day begins',
      query: { metrics: ['on_shift'], by: ['shift', 'day'], period: '2026-01-19..2026-01-21' },
      // r2 is on shift from the first to the last moment of the 20th, and no longer when the 21st begins.
      expected: `
r1 | 2026-01-19 | 1
r1 | 2026-01-20 | 1
r1 | 2026-01-21 | 1
r2 | 2026-01-19 | 0
r2 | 2026-01-20 | 1
r2 | 2026-01-21 | 0`,
    },
  ],
};
