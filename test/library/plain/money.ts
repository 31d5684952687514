/** What quota, orders, receivables and comparisons should say of a period, in plain SQL. */
import { by, byMonth, byQuarter, months, once, type Question, quarters, wonBetween } from './question.ts';

const wonFrom = (grain: string) =>
  byMonth(
    `select month, ${wonBetween(grain === 'half' ? halfYear : `date_trunc('${grain}', d)`, 'd')} from ${months('2026-01-01', 10)}`,
  );
const halfYear = 'make_date(year(d), case when month(d) < 7 then 1 else 7 end, 1)';

const targets = `(select scope_id as owner_id, period_start, target_value from goal
  where metric_name = 'won_revenue' and kind = 'target' and scope_type = 'user' and period_type = 'month' and valid_to is null)`;
/** Quota and won amount of each person with either, between two days. */
const people = (from: string, until: string) =>
  `(select owner_id, coalesce(quota, 0)::double as quota, coalesce(won, 0)::double as won
    from (select owner_id, sum(target_value) as quota from ${targets} where period_start between ${from} and ${until} group by 1)
    full join (select owner_id, sum(amount) as won from opportunity where is_won and close_date between ${from} and ${until} group by 1) using (owner_id))`;
/** The same quarter by quarter. */
const byQuarters = `(select owner_id, quarter, coalesce(quota, 0)::double as quota, coalesce(won, 0)::double as won
  from (select owner_id, date_trunc('quarter', period_start)::date as quarter, sum(target_value) as quota from ${targets} group by 1, 2)
  full join (select owner_id, date_trunc('quarter', close_date)::date as quarter, sum(amount) as won from opportunity where is_won group by 1, 2)
    using (owner_id, quarter))`;
const rate =
  'case when won >= 1.2 * quota then 0.06 when won >= quota then 0.04 when won >= 0.8 * quota then 0.02 else 0 end';

/** Bonuses of a quarter on amounts of rows that have an owner and a day. */
const bonus = (rows: string) =>
  byQuarter(`select quarter, sum(case when quota > 0 then ${rate} else 0 end * base) from ${byQuarters}
    join (select owner_id, date_trunc('quarter', day)::date as quarter, sum(amount) as base from (${rows}) group by 1, 2) using (owner_id, quarter)
    where quarter between date '2025-01-01' and date '2026-07-01' group by 1`);
const lines = `select o.owner_id, o.order_date, o.delivered_date, o.status, o.account_id, l.net_amount, l.cost_amount, p.product_family, l.order_line_id
  from order_line l join sales_order o using (order_id) join product p using (product_id)`;

const repsAt = (d: string) =>
  `(select count(*) from crm_user_history where role_name = 'rep' and hire_date <= ${d} and coalesce(termination_date >= ${d}, true)
    and valid_from <= ${d} and coalesce(valid_to > ${d}, true))`;

const ordered = (from: string, until: string) =>
  `(select account_id, sum(amount)::double as amount from sales_order where status <> 'cancelled' and order_date between ${from} and ${until} group by 1)`;

const paidBy = (d: string) =>
  `coalesce((select sum(y.amount) from payment y where y.invoice_id = i.invoice_id and y.payment_date <= ${d}), 0)`;
/** What was owed on each invoice at the end of day `d`. */
const owed = (d: string) =>
  `(select i.*, i.amount - ${paidBy(d)} as owed from invoice i where status <> 'cancelled' and invoice_date <= ${d})`;
const owedMonthly = (value: string) =>
  byMonth(`select month, (select ${value} from ${owed('d')}) from ${months('2026-01-01', 10)}`);
const limits = `(select account_id, credit_limit, first_customer_date, churned_date from account)`;

const promises = (value: string) =>
  `(select order_date, promised_date, ${value} from sales_order where status <> 'cancelled')`;
const onTime = `(select date_trunc('month', promised_date) as m, count(*) filter (where delivered_date <= promised_date) / count(*) as share
  from ${promises('delivered_date')} where delivered_date is not null or promised_date <= date '2026-10-31' group by 1)`;
const revenue = `(select date_trunc('month', order_date) as m, sum(amount)::double as amount from sales_order where status <> 'cancelled' group by 1)`;
const correlation = (lag: number) =>
  `(select corr(share, amount) from ${onTime} t join ${revenue} r on r.m = t.m + interval ${lag} month
    where r.m between date '2025-01-01' and date '2026-10-31')`;

const won = (m: string, back: number) =>
  `(select sum(amount)::double from opportunity where is_won and date_trunc('month', close_date) = ${m} - interval ${back} month)`;
const wonYear = (m: string, back: number) =>
  `(select sum(amount)::double from opportunity where is_won and date_trunc('month', close_date) between ${m} - interval ${back + 11} month and ${m} - interval ${back} month)`;
const season = `((${won('month', 12)} / ${wonYear('month', 6)} + ${won('month', 24)} / ${wonYear('month', 18)}) / 2 * 12)`;
const seasonless = `(${won('month', 0)} / ${season} / (${wonYear('month', 1)} / 12) - 1)`;
const summer = (value: string) => byMonth(`select month, ${value} from ${months('2026-06-01', 5)}`, '2026-06..2026-10');
const yearBefore = (day: string) => `(${day} - interval 1 year)::date`;
const yearly = (from: string, until: string) =>
  `(${wonBetween(from, until)} / ${wonBetween(yearBefore(from), yearBefore(until))} - 1)`;

export const money: Readonly<Record<string, Question>> = {
  // quota
  won_month_to_date: wonFrom('month'),
  won_quarter_to_date: wonFrom('quarter'),
  won_half_to_date: wonFrom('half'),
  won_year_to_date: wonFrom('year'),
  margin_year_to_date: byMonth(
    `select month, (select sum(net_amount - cost_amount) from (${lines}) where status <> 'cancelled' and order_date between date '2026-01-01' and d) from ${months('2026-01-01', 10)}`,
  ),
  attainment_trend: byQuarter(
    `select quarter, slope from (
       select quarter, regr_slope(share, datediff('quarter', date '2024-01-01', quarter)) over (order by quarter rows 3 preceding) as slope
       from (select quarter, sum(won) / sum(quota) as share from ${byQuarters} where quota > 0 or won > 0 group by 1 having sum(quota) > 0)
     ) where quarter between date '2025-01-01' and date '2026-07-01'`,
  ),
  pace_needed: by(
    'owner',
    '2026-Q4',
    `select owner_id, greatest(quota - won, 0) / (select count(*) from calendar where is_business_day and date_day between date '2026-11-01' and date '2026-12-31')
     from ${people("date '2026-10-01'", "date '2026-12-31'")}`,
  ),
  // A period that is cut by now is rolled back from now's day.
  deals_needed: by(
    'owner',
    '2026-Q4',
    `select owner_id, ceil(greatest(quota - won, 0) / nullif((
       select avg(amount) filter (where is_won) * count(*) filter (where is_won) / count(*) from opportunity o
       where o.owner_id = p.owner_id and is_closed and close_date between date '2025-11-01' and date '2026-10-31'), 0))
     from ${people("date '2026-10-01'", "date '2026-12-31'")} p`,
  ),
  bonus_rate: by(
    'owner',
    '2026-Q3',
    `select owner_id, case when quota > 0 then ${rate} else 0 end from ${people("date '2026-07-01'", "date '2026-09-30'")}`,
  ),
  bonus_on_sales: bonus('select owner_id, amount, close_date as day from opportunity where is_won'),
  bonus_on_margin: bonus(
    `select owner_id, net_amount - cost_amount as amount, order_date as day from (${lines}) where status <> 'cancelled'`,
  ),
  bonus_on_invoices: bonus("select owner_id, amount, invoice_date as day from invoice where status <> 'cancelled'"),
  bonus_on_deliveries: bonus(`select owner_id, net_amount as amount, delivered_date as day from (${lines})`),
  bonus_on_collections: bonus(
    'select owner_id, payment.amount, payment_date as day from payment join invoice using (invoice_id)',
  ),
  selling_headcount: byQuarter(`select quarter, ${repsAt('d')} from ${quarters('2024-01-01', 10)}`, '2024-Q1..2026-Q2'),
  revenue_per_seller: byQuarter(
    `select quarter, ${wonBetween('quarter', 'd')} / ((${repsAt('last_day(quarter)')} + ${repsAt('last_day(quarter + 32)')} + ${repsAt('d')}) / 3)
     from ${quarters('2024-01-01', 10)}`,
    '2024-Q1..2026-Q2',
  ),
  // orders
  wallet: by(
    'account.segment',
    '2026-09',
    `select segment, sum(estimated_total_spend) from account where first_customer_date <= date '2026-09-30' and coalesce(churned_date > date '2026-09-30', true) group by 1`,
  ),
  wallet_share: by(
    'account.segment',
    '2026-09',
    `select segment, sum(amount) / (sum(estimated_total_spend))::double
     from account left join ${ordered("date '2025-10-01'", "date '2026-09-30'")} using (account_id)
     where estimated_total_spend is not null and first_customer_date <= date '2026-09-30' and coalesce(churned_date > date '2026-09-30', true) group by 1`,
  ),
  families_per_customer: byQuarter(
    `select quarter, (select avg(families) from (select count(distinct product_family) as families from (${lines})
       where status <> 'cancelled' and order_date between quarter and d group by account_id)) from ${quarters('2025-01-01', 7)}`,
  ),
  returning_customer_rate: byQuarter(
    `select quarter, (select count(distinct account_id) filter (where exists (select 1 from sales_order b
         where b.account_id = o.account_id and b.status <> 'cancelled' and b.order_date < quarter)) / count(distinct account_id)
       from sales_order o where status <> 'cancelled' and order_date between quarter and d) from ${quarters('2025-01-01', 7)}`,
  ),
  top_ten_share: byQuarter(
    `select quarter, (select sum(amount) filter (where place <= 10) / sum(amount)
       from (select amount, rank() over (order by amount desc) as place from ${ordered('quarter', 'd')})) from ${quarters('2025-01-01', 7)}`,
  ),
  revenue_concentration: byQuarter(
    `select quarter, (select sum(amount * amount) / (sum(amount) * sum(amount)) from ${ordered('quarter', 'd')}) from ${quarters('2025-01-01', 7)}`,
  ),
  days_since_last_order: by(
    'account',
    '2026-09',
    `select account_id, date '2026-09-30' - max(order_date) from (${lines}) where status <> 'cancelled' and order_date <= date '2026-09-30' group by 1`,
  ),
  reorder_lateness: {
    by: ['account', 'product.product_family'],
    period: '2026-09',
    sql: `select account_id, product_family, (date '2026-09-30' - max(order_date)) / median(gap) from (
        select account_id, product_family, order_date, order_date - lag(order_date) over (partition by account_id, product_family order by order_date) as gap
        from (select distinct account_id, product_family, order_date from (${lines}) where status <> 'cancelled' and order_date <= date '2026-09-30'))
      group by 1, 2`,
  },
  // receivables
  open_receivables: owedMonthly('sum(owed)'),
  overdue_receivables: {
    by: ['ageing', 'quarter'],
    period: '2025-Q1..2026-Q3',
    sql: `select case when d - due_date < 31 then '1 to < 31' when d - due_date < 61 then '31 to < 61' when d - due_date < 91 then '61 to < 91' else '>= 91' end,
        quarter, sum(amount - ${paidBy('d')})
      from ${quarters('2025-01-01', 7)} join invoice i on invoice_date <= d and due_date < d where status <> 'cancelled' group by 1, 2`,
  },
  overdue_rate: owedMonthly('sum(owed) filter (where due_date < d) / sum(owed)'),
  long_overdue_receivables: owedMonthly('sum(owed) filter (where due_date < d - 30)'),
  days_sales_outstanding: byMonth(
    `select month, 90 * (select sum(owed) from ${owed('d')})
       / (select sum(amount) from invoice where status <> 'cancelled' and invoice_date between d - 89 and d) from ${months('2026-01-01', 10)}`,
  ),
  credit_in_use: by(
    'account',
    '2026-09',
    `select account_id, coalesce(sum(owed), 0) / any_value(credit_limit) from ${limits} left join ${owed("date '2026-09-30'")} using (account_id)
     where first_customer_date <= date '2026-09-30' and coalesce(churned_date > date '2026-09-30', true) group by 1`,
  ),
  risky_order_revenue: byMonth(
    `select month, (select coalesce(sum(amount), 0) from ${ordered('month', 'd')} o
       where coalesce((select sum(owed) from ${owed('d')} i where i.account_id = o.account_id and due_date < d - 30), 0) > 0
       or (select sum(owed) from ${owed('d')} i where i.account_id = o.account_id)
         > (select credit_limit from ${limits} a where a.account_id = o.account_id and coalesce(churned_date > d, true)))
     from ${months('2026-05-01', 6)}`,
    '2026-05..2026-10',
  ),
  // delivery
  delivery_sales_correlation: once('2025-01..2026-10', `select ${correlation(0)}`),
  delivery_sales_correlation_1: once('2025-01..2026-10', `select ${correlation(1)}`),
  delivery_sales_correlation_3: once('2025-01..2026-10', `select ${correlation(3)}`),
  delivery_sales_correlation_6: once('2025-01..2026-10', `select ${correlation(6)}`),
  delivery_sales_lag: once(
    '2025-01..2026-10',
    `select arg_max(lag, abs(c)) from (values (0, ${correlation(0)}), (1, ${correlation(1)}), (3, ${correlation(3)}), (6, ${correlation(6)})) as t(lag, c)`,
  ),
  // comparisons
  won_revenue_growth: byQuarter(
    `select quarter, ${wonBetween('quarter', 'd')} / ${wonBetween('(quarter - interval 3 month)::date', 'quarter - 1')} - 1 from ${quarters('2025-01-01', 7)}`,
  ),
  won_revenue_yearly_growth: byQuarter(
    `select quarter, ${wonBetween('quarter', 'd')} / ${wonBetween('(quarter - interval 1 year)::date', '(quarter - interval 9 month)::date - 1')} - 1 from ${quarters('2025-01-01', 7)}`,
  ),
  won_revenue_to_usual: byQuarter(
    `select quarter, 2 * ${wonBetween('quarter', 'd')} / (${wonBetween('(quarter - interval 1 year)::date', '(quarter - interval 9 month)::date - 1')}
       + ${wonBetween('(quarter - interval 2 year)::date', '(quarter - interval 21 month)::date - 1')}) - 1 from ${quarters('2026-01-01', 3)}`,
    '2026-Q1..2026-Q3',
  ),
  initiative_effect: once(
    '2026-04..2026-09',
    `select ${yearly("date '2026-04-01'", "date '2026-09-30'")} - ${yearly("date '2025-10-01'", "date '2026-03-31'")}`,
  ),
  seasonal_index: summer(season),
  deseasonalised_change: summer(seasonless),
  change_kind: summer(
    `case when abs(${seasonless}) > 0.2 then 'structural' when abs(${won('month', 0)} / (${wonYear('month', 1)} / 12) - 1) > 0.2 then 'cyclical' else 'none' end`,
  ),
};
