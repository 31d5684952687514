/** Questions to the library's client: what compiles, what it gives, and what must not compile. */
import {
  type Client,
  type Count,
  connect,
  type Decimal,
  type Instant,
  type LargeInteger,
  type Money,
  type Percent,
  type PlainDate,
  type Quantity,
  type Ratio,
} from 'sextant/client';
import { m, model, type Schema } from '../golden/library.gen.js';

/** Compiles where both are one type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(_: T | null = null): void {}

const client: Client<Schema> = connect(model, { url: 'https://metrics.example.com', token: 'x' });

export async function rowsHaveWhatIsAsked() {
  const { rows, meta } = await client.query({ metrics: [m.won_revenue, 'win_rate'], by: ['owner.region', 'month'] });
  for (const row of rows) {
    is<Same<keyof typeof row, 'won_revenue' | 'win_rate' | 'owner.region' | 'month'>>();
    is<Same<typeof row.won_revenue, Money<'EUR'>>>();
    is<Same<typeof row.win_rate, Percent | null>>();
    is<Same<typeof row.month, PlainDate | null>>();
    is<Same<(typeof row)['owner.region'], string | null>>();
    // @ts-expect-error: it was not asked for
    row.quota;
    // @ts-expect-error: nor was this
    row['owner.user_name'];
    // @ts-expect-error: rows are read
    row.won_revenue = rows[0].won_revenue;
  }
  is<Same<typeof meta.partial, readonly string[]>>();
}

export async function withoutDimensions() {
  const { rows } = await client.query({ metrics: ['won_revenue'] });
  for (const row of rows) is<Same<keyof typeof row, 'won_revenue'>>();
}

export async function typesByUnit() {
  const { rows } = await client.query({
    metrics: [
      'won_deals',
      'average_deal_size',
      'median_sales_cycle',
      'win_rate_by_amount',
      'activity_sales_correlation',
    ],
  });
  for (const row of rows) {
    is<Same<typeof row.won_deals, Count>>();
    is<Same<typeof row.average_deal_size, Quantity<'EUR'> | null>>();
    is<Same<typeof row.median_sales_cycle, Quantity<'days'> | null>>();
    is<Same<typeof row.win_rate_by_amount, Percent | null>>();
    const days: number = row.won_deals;
    // @ts-expect-error: a count is no share
    const share: Percent = row.won_deals;
    // @ts-expect-error: days are no euros
    const euros: Quantity<'EUR'> | null = row.median_sales_cycle;
    // @ts-expect-error: an exact amount is a text
    const amount: number = (await client.query({ metrics: ['won_revenue'] })).rows[0]?.won_revenue;
    void [days, share, euros, amount];
  }
  const revenue = (await client.query({ metrics: ['won_revenue'] })).rows[0]?.won_revenue;
  // @ts-expect-error: euros are no dollars
  const dollars: Money<'USD'> | undefined = revenue;
  // @ts-expect-error: money is no plain decimal
  const plain: Decimal | undefined = revenue;
  void [dollars, plain];
}

export async function goalsAndBaselinesAreMetrics() {
  const { rows } = await client.query({
    metrics: [m['quota_goal.pace'], 'quota_goal.status', 'revenue_before.growth'],
  });
  for (const row of rows) {
    is<Same<(typeof row)['quota_goal.pace'], Percent | null>>();
    is<Same<(typeof row)['quota_goal.status'], 'met' | 'on_track' | 'at_risk' | 'off_track' | null>>();
  }
  // @ts-expect-error: a goal has no such part
  await client.query({ metrics: ['quota_goal.paces'] });
  // @ts-expect-error: a goal is no metric, its parts are
  m.quota_goal;
}

export async function comparisons() {
  const { rows } = await client.query({ metrics: ['won_revenue', 'quota_goal.status'], compare: ['prior_year'] });
  for (const row of rows) {
    is<
      Same<
        keyof typeof row,
        'won_revenue' | 'won_revenue.prior' | 'won_revenue.change' | 'quota_goal.status' | 'quota_goal.status.prior'
      >
    >();
    is<Same<(typeof row)['won_revenue.change'], Money<'EUR'>>>();
    // @ts-expect-error: texts have no difference
    row['quota_goal.status.change'];
  }
  const two = await client.query({ metrics: ['win_rate'], by: ['month'], compare: ['prior_year', 'prior_period'] });
  for (const row of two.rows) {
    is<
      Same<
        keyof typeof row,
        | 'win_rate'
        | 'month'
        | 'win_rate.prior_year'
        | 'win_rate.prior_year_change'
        | 'win_rate.prior_period'
        | 'win_rate.prior_period_change'
      >
    >();
    // @ts-expect-error: of several, each has its own name
    row['win_rate.prior'];
  }
  // @ts-expect-error: there is no such comparison
  await client.query({ metrics: ['win_rate'], compare: ['last_year'] });
}

export async function namesThatAreNone() {
  // @ts-expect-error: there is no such metric
  await client.query({ metrics: ['won_revenu'] });
  // @ts-expect-error: nor such a name
  m.won_revenu;
  // @ts-expect-error: there is no such dimension
  await client.query({ metrics: ['won_revenue'], by: ['owner.regoin'] });
  // @ts-expect-error: one of the two metrics does not have it
  await client.query({ metrics: ['won_revenue', 'open_receivables'], by: ['ageing'] });
  // @ts-expect-error: there is no such part of a question
  await client.query({ metrics: ['won_revenue'], filter: 'x' });
  // @ts-expect-error: without a metric there is no question
  await client.query({ by: ['owner.region'] });
  // @ts-expect-error: days have no hours
  await client.query({ metrics: ['won_revenue'], by: ['hour'] });
  // @ts-expect-error: a metric without a time axis has no months
  await client.query({ metrics: ['known_stage_rate'], by: ['month', 'x'] });
}

export async function conditions() {
  await client.query({ metrics: ['won_revenue'], where: { 'owner.region': ['North', null], lead_source: null } });
  await client.query({ metrics: ['won_revenue'], where: { close_date: '2026-03-05', amount: [100, '2.50'] } });
  await client.query({
    metrics: ['won_revenue'],
    where: { opportunity_type: ['new business'] },
    by: ['opportunity_type'],
  });
  // @ts-expect-error: it never has that value
  await client.query({ metrics: ['won_revenue'], where: { opportunity_type: 'nwe' } });
  // @ts-expect-error: a text is no number
  await client.query({ metrics: ['won_revenue'], where: { 'owner.region': 5 } });
  // @ts-expect-error: there is no such dimension
  await client.query({ metrics: ['won_revenue'], where: { regoin: 'North' } });
  // @ts-expect-error: a grain is no dimension that has values
  await client.query({ metrics: ['won_revenue'], where: { month: '2026-03-01' } });
  const { rows } = await client.query({ metrics: ['won_revenue'], by: ['close_date', 'amount', 'opportunity.is_won'] });
  const [first] = rows;
  if (first !== undefined)
    await client.query({
      metrics: ['won_revenue'],
      where: {
        close_date: first.close_date,
        amount: [first.amount],
        'opportunity.is_won': first['opportunity.is_won'],
      },
    });
}

export async function orderAndMembers() {
  await client.query({
    metrics: ['won_revenue'],
    by: ['owner.region'],
    order: ['won_revenue desc', 'owner.region'],
    complete: ['owner.region'],
  });
  await client.query({ metrics: ['won_revenue'], compare: ['prior_year'], order: ['won_revenue.change desc'] });
  // @ts-expect-error: it is no column of the answer
  await client.query({ metrics: ['won_revenue'], by: ['owner.region'], order: ['quota'] });
  // @ts-expect-error: it is not asked by
  await client.query({ metrics: ['won_revenue'], by: ['owner.region'], complete: ['owner.user_name'] });
}

/** Where names are not known before the program runs, no column is promised. */
export async function namesAtRunTime(metrics: ('won_revenue' | 'quota')[], by: 'owner.region'[]) {
  const { rows } = await client.query({ metrics, by });
  for (const row of rows) {
    is<Same<typeof row.quota, Money<'EUR'> | undefined>>();
    is<Same<(typeof row)['owner.region'], string | null | undefined>>();
  }
}

export async function streams(signal: AbortSignal) {
  for await (const row of client.stream({ metrics: ['open_cases'], by: ['created_at', 'priority'] }, { signal })) {
    is<Same<typeof row.open_cases, Count>>();
    is<Same<typeof row.created_at, Instant | null>>();
    is<Same<keyof typeof row, 'open_cases' | 'created_at' | 'priority'>>();
  }
}

/** Keys may be whole numbers that a number does not hold. */
export type Key = LargeInteger | Ratio;
