/** Totals, shares and ranks: what is taken away, what follows from it, ties, and peers that are none. */
import { reps, type Worked } from './project.ts';

const deals = `
deal_id | rep_id | amount | stage | created_on | closed_on
a       | r1     | 10     | won   | 2026-01-01 | 2026-01-10
b       | r1     | 30     | won   | 2026-01-01 | 2026-02-10
c       | r2     | 20     | won   | 2026-01-01 | 2026-01-11
d       | r2     | 30     | lost  | 2026-01-01 | 2026-02-11
e       | r3     | 5      | lost  | 2026-01-01 | 2026-02-12
f       |        | 1      | won   | 2026-01-01 | 2026-01-12
g       | r2     | 4      | won   | 2025-01-01 | 2025-02-12
h       | r1     | 6      | lost  | 2025-01-01 | 2025-02-13`;

export const totals: Worked = {
  title: 'totals, shares and ranks',
  given: {
    now: '2026-03-31',
    metrics: {
      sold: 'sum(deals.amount)',
      won: 'sum(deals.amount where is_won)',
      best: 'max(deals.amount where is_won)',
      rate: 'count(deals where is_won) / count(deals)',
      all: 'total(sold)',
      across_reps: 'total(sold across rep)',
      across_regions: 'total(sold across rep.region)',
      within_reps: 'total(sold within rep)',
      within_regions: 'total(sold within rep.region)',
      across_time: 'total(sold across time)',
      across_months: 'total(sold across month)',
      across_weeks: 'total(sold across week)',
      within_months: 'total(sold within month)',
      total_rate: 'total(rate)',
      share_of_all: 'share(sold)',
      share_in_month: 'share(sold across rep)',
      share_of_rep: 'share(sold across month)',
      place: 'rank(sold)',
      place_in_month: 'rank(sold across rep)',
      place_in_region: 'rank(sold within rep.region)',
      place_of_best: 'rank(best)',
      total_before: 'total(prior(sold))',
      before_total: 'prior(total(sold))',
      month_before_total: 'prior(total(sold across rep), 1 month)',
      share_before: 'prior(share(sold across rep), 1 month)',
      place_of_share: 'rank(share(sold across rep) across rep)',
      weighted: 'sum(won * total(prior(rate, 1 year) within rep.region) per rep.region)',
      mean_share: 'avg(share(sold across rep) per month)',
      best_place: 'min(rank(sold across rep) per month)',
      places: 'max(rank(sold) per every rep)',
      ranked: 'count(rank(sold) per every rep)',
      mean_of_totals: 'avg(total(sold across rep) per rep)',
    },
    rows: { deals, reps },
  },
  examples: [
    {
      name: 'the total in every cell that there is',
      query: { metrics: ['sold', 'all', 'across_reps'], by: ['rep'], period: '2026' },
      expected: `
r1   | 40 | 96 | 96
r2   | 50 | 96 | 96
r3   | 5  | 96 | 96
null | 1  | 96 | 96`,
    },
    {
      name: 'taking the rep takes the region with it, and not the other way round',
      query: {
        metrics: ['across_reps', 'across_regions', 'within_reps', 'within_regions'],
        by: ['rep', 'rep.region'],
        period: '2026',
      },
      expected: `
r1   | north | 96 | 40 | 40 | 40
r2   | south | 96 | 50 | 50 | 55
r3   | south | 96 | 5  | 5  | 55
null | null  | 96 | 1  | 1  | 1`,
    },
    {
      name: 'what was not asked takes nothing away',
      query: { metrics: ['sold', 'across_reps', 'across_weeks', 'within_reps'], by: ['rep.region'], period: '2026' },
      expected: `
north | 40 | 96 | 40 | 40
south | 55 | 96 | 55 | 55
null  | 1  | 96 | 1  | 1`,
    },
    {
      name: 'without time: the whole period, and nothing outside it',
      query: {
        metrics: ['sold', 'across_time', 'across_months', 'across_weeks', 'within_months'],
        by: ['month'],
        period: '2026-02..2026-03',
      },
      expected: `
2026-02-01 | 65 | 65 | 65 | 65 | 65
2026-03-01 | 0  | 65 | 65 | 0  | 0`,
    },
    {
      name: 'a rate is computed anew, not averaged',
      query: { metrics: ['rate', 'total_rate'], by: ['rep'], period: '2026' },
      expected: `
r1   | 1   | 0.6666666666666667
r2   | 0.5 | 0.6666666666666667
r3   | 0   | 0.6666666666666667
null | 1   | 0.6666666666666667`,
    },
    {
      name: 'shares by month and rep: of all, within the month, of the rep',
      query: {
        metrics: ['share_of_all', 'share_in_month', 'share_of_rep'],
        by: ['month', 'rep'],
        period: '2026',
        sparse: true,
      },
      expected: `
2026-01-01 | r1   | 0.1041666666666667 | 0.3225806451612903 | 0.25
2026-01-01 | r2   | 0.2083333333333333 | 0.6451612903225806 | 0.4
2026-01-01 | null | 0.0104166666666667 | 0.0322580645161290 | 1
2026-02-01 | r1   | 0.3125             | 0.4615384615384615 | 0.75
2026-02-01 | r2   | 0.3125             | 0.4615384615384615 | 0.6
2026-02-01 | r3   | 0.0520833333333333 | 0.0769230769230769 | 1`,
    },
    {
      name: 'places: ties share one, and the next is left out',
      query: { metrics: ['place', 'place_in_month'], by: ['month', 'rep'], period: '2026', sparse: true },
      expected: `
2026-01-01 | r1   | 4 | 2
2026-01-01 | r2   | 3 | 1
2026-01-01 | null | 6 | 3
2026-02-01 | r1   | 1 | 1
2026-02-01 | r2   | 1 | 1
2026-02-01 | r3   | 5 | 3`,
    },
    {
      name: 'filled rows and members without rows have no place',
      query: { metrics: ['place'], by: ['rep'], period: '2026-01', complete: ['rep'] },
      expected: `
r1   | 2
r2   | 1
r3   | null
null | 3`,
    },
    {
      name: 'within the region, and of the best where there is one',
      query: { metrics: ['place_in_region', 'place_of_best'], by: ['rep', 'rep.region'], period: '2026' },
      expected: `
r1   | north | 1 | 1
r2   | south | 1 | 2
r3   | south | 2 | null
null | null  | 1 | 3`,
    },
    {
      name: 'a total of the period before, and the period before of a total',
      query: {
        metrics: ['total_before', 'before_total', 'month_before_total'],
        by: ['month', 'rep'],
        period: '2026-02',
      },
      // The bucket is taken away, so what moves is the period: January. Of the cells that have rows there.
      expected: `
2026-02-01 | r1   | 31 | 31 | 31
2026-02-01 | r2   | 31 | 31 | 31
2026-02-01 | null | 31 | 31 | 31`,
    },
    {
      name: 'over two months the period before is two months',
      query: {
        metrics: ['total_before', 'before_total', 'month_before_total'],
        by: ['month'],
        period: '2026-02..2026-03',
      },
      // December and January together.
      expected: `
2026-02-01 | 31 | 31 | 31
2026-03-01 | 31 | 31 | 65`,
    },
    {
      name: 'the share and its place a month before',
      query: { metrics: ['share_before', 'place_of_share'], by: ['rep', 'month'], period: '2026-02', sparse: true },
      expected: `
r1   | 2026-02-01 | 0.3225806451612903 | 1
r2   | 2026-02-01 | 0.6451612903225806 | 1
r3   | 2026-02-01 | 0                  | 3
null | 2026-02-01 | 0.0322580645161290 | null`,
    },
    {
      name: 'weighted by the rate of the region a year before',
      query: { metrics: ['weighted'], by: ['rep'], period: '2026' },
      // In 2025 the north won none of one, the south one of one, and where the region is not known nothing was closed.
      expected: `
r1   | 0
r2   | 20
null | 0`,
    },
    {
      name: 'aggregates of shares and places',
      query: { metrics: ['mean_share', 'best_place'], by: ['rep'], period: '2026' },
      expected: `
r1   | 0.3920595533498759 | 1
r2   | 0.5533498759305211 | 1
r3   | 0.0769230769230769 | 3
null | 0.0322580645161290 | 3`,
    },
    {
      name: 'every rep brings no peers',
      query: { metrics: ['places', 'ranked', 'mean_of_totals'], period: '2026-01' },
      expected: '3 | 3 | 31',
    },
  ],
};
