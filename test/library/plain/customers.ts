/** What campaigns, customers and what was asked for in vain should say of a period, in plain SQL. */
import { by, byQuarter, madrid, once, type Question, quarters } from './question.ts';

const days = (column: string, back: number) =>
  `${column} between date '2026-09-30' - ${back - 1} and date '2026-09-30'`;
const calls = (from: string, until: string) =>
  `(select account_id, count(*) as n from activity where activity_type = 'call' and direction = 'inbound' and status in ('held', 'completed')
    and account_id is not null and ${madrid('activity_at')} between ${from} and ${until} group by 1)`;
const lately = calls("date '2026-09-01'", "date '2026-09-30'");
const bar = `(select quantile_cont(n, 0.9) from ${lately})`;

const isCustomer = (d: string) => `first_customer_date <= ${d} and coalesce(churned_date > ${d}, true)`;
const kept = `count(*) filter (where ${isCustomer('quarter - 1')})`;
const left = `count(*) filter (where ${isCustomer('quarter - 1')} and churned_date between quarter and d)`;
const spent = (purpose: string) =>
  `(select sum(amount)::double from campaign_cost where purpose = '${purpose}' and cost_date between quarter and d)`;
const quarterly = (value: string) =>
  byQuarter(`select quarter, (select ${value} from account) from ${quarters('2025-01-01', 7)}`);

const survived = (years: number) =>
  by(
    'year',
    '2025..2026',
    `select date_trunc('year', born)::date, avg((coalesce(churned_date >= born, true))::int)
     from (select *, (first_customer_date + interval ${years} year)::date as born from account)
     where born between date '2025-01-01' and date '2026-10-31' group by 1`,
  );

/** Accounts that asked in 2026 how to close, with what was done for them, and whether they ordered within 90 days. */
const asking = `(
  select account_id, bool_or(exists (select 1 from sales_order o where o.account_id = c.account_id and o.status <> 'cancelled'
      and o.order_date between ${madrid('c.created_at')} and ${madrid('c.created_at')} + 90)) as came,
    exists (select 1 from activity v where v.account_id = c.account_id and v.purpose = 'win back' and v.status in ('held', 'completed')
      and year(${madrid('v.activity_at')}) = 2026) as acted
  from support_case c where case_type = 'cancellation_enquiry' and year(${madrid('created_at')}) = 2026 group by account_id)`;

export const customers: Readonly<Record<string, Question>> = {
  campaign_rank: by(
    'campaign.campaign_type',
    '2026-Q2',
    `with spend as (select campaign_type, sum(amount) as spend from campaign_cost join campaign using (campaign_id)
        where purpose = 'acquisition' and cost_date between date '2026-04-01' and date '2026-06-30' group by 1),
      won as (select campaign_type, sum(amount) as won from opportunity join campaign using (campaign_id)
        where is_won and close_date between date '2026-04-01' and date '2026-06-30' group by 1)
     select campaign_type, rank() over (order by won / spend desc) from spend join won using (campaign_type)`,
  ),
  campaign_quality_rank: by(
    'campaign.campaign_type',
    '2026-Q2',
    `select campaign_type, rank() over (order by count(*) filter (where qualified_date <= created_date + 30) / count(*) desc)
     from lead join campaign using (campaign_id) where created_date between date '2026-04-01' and date '2026-06-30' group by 1`,
  ),
  customers: by(
    'account.segment',
    '2026-06',
    `select segment, count(*) from account where ${isCustomer("date '2026-06-30'")} group by 1`,
  ),
  churn_rate: quarterly(`${left} / ${kept}`),
  retention_rate: quarterly(`1 - ${left} / ${kept}`),
  cost_per_customer_kept: quarterly(`${spent('retention')} / (${kept} - ${left})`),
  keep_or_win_cost: quarterly(
    `${spent('retention')} / (${kept} - ${left}) / (${spent('acquisition')} / count(*) filter (where first_customer_date between quarter and d))`,
  ),
  repeat_purchase_rate: by(
    'account.segment',
    '2026-09',
    `select segment, count(*) filter (where n > 1) / count(*) from (
       select account_id, count(*) as n from sales_order where status <> 'cancelled' and order_date between date '2025-10-01' and date '2026-09-30' group by 1)
     join account using (account_id) group by 1`,
  ),
  lost_revenue_rank: by(
    'account.segment',
    '2025',
    `select segment, rank() over (order by sum(amount) desc) from account join sales_order using (account_id)
     where year(churned_date) = 2025 and status <> 'cancelled' and churned_date - order_date between 0 and 365 group by 1`,
  ),
  kept_with_action: once('2026', `select avg(came::int) from ${asking} where acted`),
  kept_without_action: once('2026', `select avg(came::int) from ${asking} where not acted`),
  win_back_effect: once(
    '2026',
    `select avg(came::int) filter (where acted) - avg(came::int) filter (where not acted) from ${asking}`,
  ),
  inbound_calls_30_days: by('account', '2026-09', `select * from ${lately}`),
  usual_inbound_calls: by(
    'account',
    '2026-09',
    `select account_id, n / 6 from ${calls("date '2026-08-31' - 179", "date '2026-08-31'")}`,
  ),
  frequent_caller_bar: once('2026-09', `select ${bar}`),
  at_risk_score: by(
    'account',
    '2026-09',
    `select account_id, 3 * coalesce(complaints, 0) + 2 * coalesce(contracts, 0) + 5 * coalesce(closings, 0) + case when n > ${bar} then 2 else 0 end
     from (
       select account_id,
         count(*) filter (where case_type = 'complaint' and ${days(madrid('created_at'), 90)}) as complaints,
         count(*) filter (where case_type = 'contract' and ${days(madrid('created_at'), 90)}) as contracts,
         count(*) filter (where case_type = 'cancellation_enquiry' and ${days(madrid('created_at'), 60)}) as closings
       from support_case group by 1
     ) full join ${lately} using (account_id)`,
  ),
  survival_1_year: survived(1),
  survival_2_years: survived(2),
  customer_tenure: by(
    'account.segment',
    '2026-09',
    `select segment, median(datesub('month', first_customer_date, date '2026-09-30')) from account where ${isCustomer("date '2026-09-30'")} group by 1`,
  ),
  unavailable_request_growth: byQuarter(
    `with u as (select date_trunc('quarter', ${madrid('created_at')})::date as quarter, count(*) as n from support_case where case_type = 'unavailable_request' group by 1)
     select quarter, n / lag(n) over (order by quarter) - 1 from u qualify quarter between date '2025-01-01' and date '2026-07-01'`,
  ),
};
