/** Conversions: events that others follow, by keys, in time. */
import type { Worked } from './project.ts';

const accounts = {
  from: 'accounts',
  key: 'account_id',
  entity: 'account',
  columns: { account_id: 'string', region: 'string' },
};
const account = { to: 'accounts', on: 'account_id' };

/** In Madrid, where the night between two days begins at 23:00. */
export const leads: Worked = {
  title: 'conversions',
  given: {
    now: '2026-03-31',
    settings: 'time_zone: Europe/Madrid',
    tables: {
      accounts,
      leads: {
        from: 'leads',
        key: 'lead_id',
        time: 'created_at',
        columns: { lead_id: 'string', account_id: 'string', source: 'string', created_at: 'timestamp' },
        joins: { account },
      },
      orders: {
        from: 'orders',
        key: 'order_id',
        time: 'ordered_on',
        columns: {
          order_id: 'string',
          account_id: 'string',
          kind: 'string',
          ordered_on: 'date',
          placed_at: 'timestamp',
        },
        joins: { account },
      },
    },
    metrics: {
      leads_made: 'count(leads)',
      converted: 'conversions(leads -> orders by account)',
      in_days: 'conversions(leads -> orders by account within 10 days)',
      in_hours: 'conversions(leads -> orders at placed_at by account within 240 hours)',
      in_fewer_hours: 'conversions(leads -> orders at placed_at by account within 239 hours)',
      in_a_month: 'conversions(leads -> orders by account within 1 month)',
      to_the_second: 'conversions(leads -> orders at placed_at by account within 1 month)',
      fair_to_old: "conversions(leads where source = 'fair' -> orders where kind = 'old' by account)",
      of_region: 'conversions(leads -> orders by account.region)',
      rate: 'converted / leads_made',
      month_before: 'prior(converted, 1 month)',
      each: 'avg(converted per account)',
      of_all: 'share(converted)',
      backwards: 'conversions(orders -> leads by account)',
    },
    rows: {
      accounts: `
account_id | region
a1         | north
a2         | south
a3         | south
a4         | north
a5         | `,
      leads: `
lead_id | account_id | source | created_at
l1      | a1         | web    | 2026-01-10 10:00:00
l2      | a1         | web    | 2026-01-20 10:00:00
l3      | a2         | fair   | 2026-01-31 23:30:00
l4      |            | web    | 2026-01-05 10:00:00
l5      | a3         | web    |
l6      | a2         | fair   | 2026-02-10 12:00:00
l7      | a4         | ad     | 2026-01-31 10:00:00
l8      | a5         | ad     | 2026-01-31 10:00:00`,
      orders: `
order_id | account_id | kind | ordered_on | placed_at
o1       | a1         | new  | 2026-01-20 | 2026-01-20 10:00:00
o2       | a2         | new  | 2026-01-31 | 2026-01-31 23:30:00
o3       |            | new  | 2026-02-01 | 2026-02-01 10:00:00
o4       | a3         | new  | 2026-03-01 | 2026-03-01 10:00:00
o5       | a2         | old  | 2026-02-28 | 2026-02-28 12:00:00
o6       | a4         | new  | 2026-02-28 | 2026-02-28 10:00:00
o7       | a5         | new  | 2026-02-28 | 2026-02-28 10:00:01`,
    },
  },
  examples: [
    {
      name: 'a lead counts when an order of its account follows, on its own day or later',
      query: { metrics: ['leads_made', 'converted', 'rate'], by: ['month'], period: '2026-Q1' },
      // January: l1, l2, l7, l8 of five; l4 has no account. l3 is of 1 February in Madrid, and o5 follows it.
      expected: `
2026-01-01 | 5 | 4 | 0.8
2026-02-01 | 2 | 2 | 1
2026-03-01 | 0 | 0 | null`,
    },
    {
      name: 'every group with a lead is one; leads without a time convert never',
      query: { metrics: ['leads_made', 'converted'], by: ['account'] },
      expected: `
a1   | 2 | 2
a2   | 2 | 2
a3   | 1 | 0
a4   | 1 | 1
a5   | 1 | 1
null | 1 | 0`,
    },
    {
      name: 'days after, the last of them too',
      query: { metrics: ['in_days'], by: ['account'], period: '2026-Q1' },
      // l1: ten days to the day.
      expected: `
a1   | 2
a2   | 0
a4   | 0
a5   | 0
null | 0`,
    },
    {
      name: 'two timestamps are compared by the instant',
      query: { metrics: ['in_hours', 'in_fewer_hours'], period: '2026-Q1' },
      // l1 after 240 hours to the second; l2 and l3 at the same instant as an order.
      expected: '3 | 2',
    },
    {
      name: 'a month after the 31st ends with February',
      query: { metrics: ['in_a_month', 'to_the_second'], by: ['account'], period: '2026-Q1' },
      // o7 comes a second late, but on the day.
      expected: `
a1   | 2 | 2
a2   | 2 | 2
a4   | 1 | 1
a5   | 1 | 0
null | 0 | 0`,
    },
    {
      name: 'conditions on both sides',
      query: { metrics: ['fair_to_old'], by: ['account'] },
      expected: 'a2 | 2',
    },
    {
      name: 'keys over joins',
      query: { metrics: ['of_region'], by: ['account'], period: '2026-Q1' },
      // The region of a5 is null, which is no key. All others have a later order in their region.
      expected: `
a1   | 2
a2   | 2
a4   | 1
a5   | 0
null | 0`,
    },
    {
      name: 'a window moves the leads; orders are read whenever they come',
      query: { metrics: ['month_before'], by: ['month'], period: '2026-02..2026-03' },
      expected: `
2026-02-01 | 4
2026-03-01 | 2`,
    },
    {
      name: 'an average of accounts, those too of which none converted',
      query: { metrics: ['each'] },
      // 2, 2, 0, 1, 1 and 0 for no account.
      expected: '1',
    },
    {
      name: 'shares',
      query: { metrics: ['of_all'], by: ['account.region'], period: '2026-Q1' },
      // North 3, south 2, no region 1.
      expected: `
north | 0.5
south | 0.3333333333333333
null  | 0.1666666666666667`,
    },
    {
      name: 'a filter is one of leads',
      query: { metrics: ['converted'], where: "account.region = 'north'", period: '2026-Q1' },
      expected: '3',
    },
    {
      name: 'the other way round',
      query: { metrics: ['backwards'], by: ['account'] },
      // o1 on the day of l2; o2 the day before l3 (in Madrid) and before l6.
      expected: `
a1   | 1
a2   | 1
a3   | 0
a4   | 0
a5   | 0
null | 0`,
    },
  ],
};

/** Events of one table that follow each other. */
export const events: Worked = {
  title: 'conversions within a table',
  given: {
    now: '2026-01-31',
    tables: {
      events: {
        from: 'events',
        key: 'event_id',
        time: 'happened_at',
        columns: { event_id: 'string', user_id: 'string', kind: 'string', happened_at: 'timestamp', seen_on: 'date' },
      },
    },
    metrics: {
      followed: 'conversions(events -> events by user_id)',
      bought: "conversions(events where kind = 'view' -> events where kind = 'buy' by user_id)",
      in_a_day: "conversions(events where kind = 'view' -> events where kind = 'buy' by user_id within 1 day)",
      in_23_hours: "conversions(events where kind = 'view' -> events where kind = 'buy' by user_id within 23 hours)",
      same_kind: 'conversions(events -> events by user_id, kind)',
      by_day: "conversions(events where kind = 'view' at seen_on -> events where kind = 'buy' by user_id within 1 day)",
    },
    rows: {
      events: `
event_id | user_id | kind | happened_at         | seen_on
e1       | u1      | view | 2026-01-01 10:00:00 | 2026-01-01
e2       | u1      | view | 2026-01-01 10:00:00 |
e3       | u1      | buy  | 2026-01-02 10:00:00 | 2026-01-02
e4       | u2      | view | 2026-01-03 10:00:00 | 2026-01-03
e5       | u2      | buy  |                     | 2026-01-03
e6       | u3      | view | 2026-01-04 10:00:00 | 2026-01-03`,
    },
  },
  examples: [
    {
      name: 'another event at the same instant follows, the event itself does not',
      query: { metrics: ['followed', 'same_kind'], by: ['user_id'], period: '2026-01' },
      expected: `
u1 | 2 | 2
u2 | 0 | 0
u3 | 0 | 0`,
    },
    {
      name: 'from kind to kind',
      query: { metrics: ['bought', 'in_a_day', 'in_23_hours'], period: '2026-01' },
      expected: '2 | 2 | 0',
    },
    {
      name: 'on another axis: events without that date are not among them',
      query: { metrics: ['by_day'], by: ['day', 'user_id'] },
      // e1 on 1 January, bought on the 2nd; e4 never, e6 nobody.
      expected: `
2026-01-01 | u1 | 1
2026-01-03 | u2 | 0
2026-01-03 | u3 | 0`,
    },
  ],
};
