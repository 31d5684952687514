/** The row before, and money in another currency. */
import type { Worked } from './project.ts';

export const before: Worked = {
  title: 'the row before',
  given: {
    now: '2026-01-31',
    tables: {
      calls: {
        from: 'calls',
        key: 'call_id',
        time: 'called_on',
        columns: {
          call_id: 'string',
          account_id: 'string',
          kind: 'string',
          minutes: 'decimal',
          called_on: 'date',
          before: { formula: 'previous(minutes per account_id)' },
          gap: { formula: 'called_on - previous(called_on per account_id)' },
          twice: { formula: 'previous(previous(minutes per account_id) per account_id)' },
        },
      },
    },
    metrics: {
      before: 'sum(calls.before)',
      known: 'count(calls where before is not null)',
      of_kind: 'sum(previous(minutes per account_id, kind))',
      mean_gap: 'avg(calls.gap)',
      twice: 'sum(calls.twice)',
      more: 'count(calls where minutes > previous(minutes per account_id))',
    },
    rows: {
      calls: `
call_id | account_id | kind | minutes | called_on
c1      | a1         | in   | 10      | 2026-01-05
c2      | a1         | out  | 20      | 2026-01-05
c3      | a1         | in   |         | 2026-01-10
c4      | a1         | out  | 5       | 2026-01-12
c5      |            | in   | 7       | 2026-01-01
c6      |            | in   | 8       | 2026-01-02
c7      | a1         | in   | 99      |`,
    },
  },
  examples: [
    {
      name: 'ties in time go by the key; a null is a value of the row before, and null a key',
      query: { metrics: ['before', 'known', 'mean_gap', 'more'], by: ['account_id'] },
      // c2: 10, c3: 20, c4: null; c6: 7. c7 has no time, so none is before it. Gaps: 0, 5, 2; 1.
      expected: `
a1   | 30 | 2 | 2.3333333333333335 | 1
null | 7  | 1 | 1                  | 1`,
    },
    {
      name: 'filters and periods do not change which row is before',
      query: { metrics: ['before', 'mean_gap'], where: "kind = 'out'", period: '2026-01-02..2026-01-11' },
      expected: '10 | 0',
    },
    {
      name: 'of two columns',
      query: { metrics: ['of_kind'], by: ['kind'] },
      // In: c3 10, c6 7. Out: c4 20.
      expected: `
in  | 17
out | 20`,
    },
    {
      name: 'the one before the one before',
      query: { metrics: ['twice'] },
      // c3: 10, c4: 20.
      expected: '30',
    },
  ],
};

const rates = `
from_currency | to_currency | rate | rate_date
USD           | EUR         | 0.9  | 2026-01-01
USD           | EUR         | 0.8  | 2026-02-01
GBP           | EUR         | 1.2  | 2026-01-15
EUR           | USD         | 1.1  | 2026-01-01
EUR           | EUR         | 7    | 2026-01-01`;

export const currencies: Worked = {
  title: 'currencies',
  given: {
    now: '2026-03-31',
    settings:
      'rates: { table: rates, from: from_currency, to: to_currency, rate: rate, on: rate_date }\ntime_zone: Europe/Madrid',
    tables: {
      rates: {
        from: 'rates',
        key: ['from_currency', 'to_currency', 'rate_date'],
        columns: { from_currency: 'string', to_currency: 'string', rate: 'decimal', rate_date: 'date' },
      },
      deals: {
        from: 'deals',
        key: 'deal_id',
        time: 'closed_on',
        columns: {
          deal_id: 'string',
          code: 'string',
          amount: { type: 'decimal', unit: 'currency(code)' },
          closed_on: 'date',
          paid_at: 'timestamp',
          in_euros: { formula: 'convert(amount, EUR at closed_on)' },
          is_large: { formula: 'in_euros > 85' },
        },
      },
    },
    metrics: {
      euros: 'sum(deals.in_euros)',
      paid: 'sum(convert(amount, EUR at paid_at))',
      large: 'count(deals where is_large)',
      at_end: 'sum(convert(amount, EUR at period_end))',
      deals_made: 'count(deals)',
      before: 'prior(euros, 1 month)',
      dollars: 'sum(convert(amount, USD at closed_on))',
    },
    rows: {
      rates,
      deals: `
deal_id | code | amount | closed_on  | paid_at
a       | USD  | 100    | 2026-01-31 | 2026-01-31 22:59:59
b       | USD  | 100    | 2026-02-01 | 2026-01-31 23:00:00
c       | EUR  | 50     |            |
d       | GBP  | 10     | 2026-01-15 | 2026-03-01 10:00:00
e       | USD  |        |            |
g       | GBP  | 10     | 2025-12-31 | 2026-03-01 10:00:00
h       |      | 1      | 2025-11-30 | 2026-03-01 10:00:00`,
    },
  },
  examples: [
    {
      name: 'the latest rate on the day or before it',
      query: { metrics: ['euros', 'large'], by: ['month'], period: '2026-01..2026-02' },
      // a: 90, d: 12; b: 80.
      expected: `
2026-01-01 | 102 | 1
2026-02-01 | 80  | 0`,
    },
    {
      name: 'timestamps by the local day',
      query: { metrics: ['paid'], by: ['deal_id'], period: '2026-01..2026-02' },
      // b was paid on 1 February in Madrid.
      expected: `
a | 90
b | 80
d | 12`,
    },
    {
      name: 'the same currency needs no rate and no day, and a null amount neither',
      query: { metrics: ['euros'], where: "deal_id in ('a', 'c', 'e')" },
      expected: '140',
    },
    {
      name: 'at the end of each interval',
      query: { metrics: ['at_end'], by: ['month'], period: '2026-01..2026-02' },
      // a at 0.9 and d at 1.2; b at 0.8.
      expected: `
2026-01-01 | 102
2026-02-01 | 80`,
    },
    {
      name: 'no rate for a row that is covered',
      query: { metrics: ['euros'], period: '2025-12' },
      expected: { error: 'M9019' },
    },
    {
      name: 'nor for one that only a window covers',
      query: { metrics: ['before'], by: ['month'], period: '2026-01' },
      expected: { error: 'M9019' },
    },
    {
      name: 'nor for an amount without a currency',
      query: { metrics: ['paid'], period: '2025-11' },
      expected: { error: 'M9019' },
    },
    {
      name: 'one way of a pair is not the other',
      query: { metrics: ['dollars'], period: '2026-01' },
      expected: { error: 'M9019' },
    },
    {
      name: 'rows that are not covered raise nothing',
      query: { metrics: ['euros', 'deals_made'], where: "code = 'USD'", period: '2025-12..2026-01' },
      expected: '90 | 1',
    },
  ],
};
