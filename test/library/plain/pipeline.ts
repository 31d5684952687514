/** What stood in the pipeline on a day, in plain SQL, and what was to be expected of it. */
import { by, byMonth, byQuarter, madrid, months, once, type Question, quarters, wonBetween } from './question.ts';

/** The versions of deals that were open at the end of day `d`. */
const standing = (d: string) =>
  `(select h.*, o.created_date, o.opportunity_type, o.gross_margin / o.amount as margin
    from opportunity_history h join stage s using (stage_name) join opportunity o using (opportunity_id)
    where not s.is_closed and h.valid_from <= ${d} and (h.valid_to is null or h.valid_to > ${d}))`;
const monthly = (value: string, month = '2026-01-01', count = 10) =>
  `select month, (select ${value} from ${standing('d')} h) from ${months(month, count)}`;

/** When each deal first came to a stage, and when it first got further. */
const entries = `(
  select e.*, s.sort_order, o.is_won, o.is_closed, o.close_date,
    (select min(n.valid_from) from opportunity_history n join stage ns using (stage_name)
     where n.opportunity_id = e.opportunity_id and n.valid_from > e.entered and ns.sort_order > s.sort_order and n.stage_name <> 'Lost') as further
  from (select opportunity_id, stage_name, min(valid_from) as entered from opportunity_history group by all) e
  join stage s using (stage_name) join opportunity o using (opportunity_id) where s.sort_order < 5)`;
/** The share of deals won by stage, of those that came there in the 24 months up to day `d` and were closed by then. */
const rates = (d: string) =>
  `(select stage_name, sum(is_won::int) / count(*) as rate from ${entries}
    where entered > ${d} - interval 24 month and entered <= ${d} and close_date <= ${d} group by 1)`;

const touchedWithin = (id: string, d: string) =>
  `exists (select 1 from activity v where v.opportunity_id = ${id} and v.status in ('held', 'completed') and ${madrid('v.activity_at')} between ${d} - 29 and ${d})`;
const isAlone = `h.created_date <= date '2026-09-30' - 30 and not ${touchedWithin('h.opportunity_id', "date '2026-09-30'")}`;
const isStale = `(h.close_date < date '2026-09-30' or h.amount is null or ${isAlone})`;
const september = standing("date '2026-09-30'");

const quota = (from: string, until: string, who = 'true') =>
  `(select coalesce(sum(target_value), 0) from goal where metric_name = 'won_revenue' and kind = 'target' and scope_type = 'user'
    and period_type = 'month' and valid_to is null and period_start between ${from} and ${until} and ${who})`;

const promised = (from: string, until: string) =>
  `(select sum(h.amount * h.probability) from opportunity_history h join stage s using (stage_name) where not s.is_closed
    and h.valid_from < ${from} and (h.valid_to is null or h.valid_to >= ${from}) and h.close_date between ${from} and ${until})`;

/** The threshold of the best quarter of deals by margin, among those that are open at the end of September. */
const openMargin = `(select quantile_cont(margin::double, 0.75) from ${september} where amount is not null)`;
const worked = `(select v.opportunity_id, sum(v.duration_seconds) as seconds, any_value(o.gross_margin / o.amount)::double as margin
  from activity v join opportunity o using (opportunity_id)
  where v.status in ('held', 'completed') and ${madrid('v.activity_at')} between date '2026-09-01' and date '2026-09-30' group by 1)`;

const stageRate = (from: string, until: string) =>
  `(select stage_name, count(*) filter (where further <= entered + 30) / count(*) as rate from ${entries}
    where entered between date '${from}' and date '${until}' group by 1)`;

const inYear = (d: string, value: string) =>
  `(select ${value} from (select coalesce(sum(amount) filter (where is_won), 0)::double as won
     from range(date_trunc('month', ${d}) - interval 11 month, ${d}::timestamp, interval 1 month) as t(m)
     left join opportunity o on date_trunc('month', o.close_date) = m group by m))`;

export const pipeline: Readonly<Record<string, Question>> = {
  open_pipeline: byMonth(monthly('sum(h.amount)')),
  open_opportunities: by(
    'owner',
    '2026-08',
    `select owner_id, count(*) from ${standing("date '2026-08-31'")} group by 1`,
  ),
  pipeline_growth: byMonth(
    `select month, (select sum(amount) from ${standing('d')}) / (select sum(amount) from ${standing('month - 1')}) - 1 from ${months('2026-01-01', 10)}`,
  ),
  pipeline_mix: {
    by: ['owner', 'opportunity_type'],
    period: '2026-06',
    sql: `select owner_id, opportunity_type, sum(amount) / sum(sum(amount)) over (partition by owner_id)
      from ${standing("date '2026-06-30'")} group by 1, 2`,
  },
  known_stage_rate: by('stage', '2026-06', `select * from ${rates("date '2026-06-30'")}`),
  weighted_pipeline: by(
    'owner',
    '2026-06',
    `select owner_id, sum(amount * rate) from ${standing("date '2026-06-30'")} join ${rates("date '2026-06-30'")} using (stage_name) group by 1`,
  ),
  pipeline_due: by(
    'owner',
    '2026-Q4',
    `select owner_id, sum(amount) from ${standing("date '2026-10-31'")} where close_date between date '2026-10-01' and date '2026-12-31' group by 1`,
  ),
  pipeline_coverage: by(
    'owner',
    '2026-Q4',
    `select owner_id, sum(amount) / nullif(greatest(
        ${quota("date '2026-10-01'", "date '2026-12-31'", 'scope_id = h.owner_id')}
        - (select coalesce(sum(o.amount), 0) from opportunity o where is_won and close_date >= date '2026-10-01' and o.owner_id = h.owner_id), 0), 0)
     from ${standing("date '2026-10-31'")} h where close_date between date '2026-10-01' and date '2026-12-31' and owner_id <> 'U99' group by 1`,
  ),
  weighted_forecast: byQuarter(`select quarter, ${promised('quarter', 'd')} from ${quarters('2025-01-01', 7)}`),
  pipeline_credibility: byQuarter(
    `select quarter, 1 - abs(${promised('quarter', 'd')} - ${wonBetween('quarter', 'd')}) / ${wonBetween('quarter', 'd')} from ${quarters('2025-01-01', 7)}`,
  ),
  open_deal_age: byMonth(monthly('median(d - h.created_date)')),
  days_in_stage: byMonth(
    `select month, (select median(d - entered) from ${entries} where entered <= d and coalesce(further > d, true) and coalesce(close_date > d, true)) from ${months('2026-01-01', 10)}`,
  ),
  overdue_open_deals: byMonth(monthly('count(*) filter (where h.close_date < d)')),
  unpriced_open_deals: byMonth(monthly('count(*) filter (where h.amount is null)')),
  old_open_deals: byMonth(monthly('count(*) filter (where d - h.created_date >= 30)')),
  long_open_rate: byMonth(monthly('count(*) filter (where d - h.created_date > 90) / count(*)')),
  untouched_open_deals: by(
    'owner',
    '2026-09',
    `select owner_id, count(*) from ${september} h where ${isAlone} group by 1`,
  ),
  stale_open_deals: by('owner', '2026-09', `select owner_id, count(*) from ${september} h where ${isStale} group by 1`),
  stale_open_rate: by(
    'owner',
    '2026-09',
    `select owner_id, count(*) filter (where ${isStale}) / count(*) from ${september} h group by 1`,
  ),
  hoarding_sellers: byMonth(
    `select month, (
       select count(*) from (select owner_id, count(*) filter (where d - created_date > 90) / count(*) as old from ${standing('d')} group by 1) h
       where old > 0.5 and 5 <= (select count(*) from opportunity o where o.owner_id = h.owner_id and created_date between d - 29 and d))
     from ${months('2026-01-01', 10)}`,
  ),
  open_deal_margin: by(
    'owner',
    '2026-09',
    `select owner_id, max(margin)::double from ${september} where amount is not null group by 1`,
  ),
  profitable_pipeline_share: by(
    'owner',
    '2026-09',
    `select owner_id, coalesce(sum(amount) filter (where margin::double >= ${openMargin}), 0) / sum(amount) from ${september} where margin is not null and amount is not null group by 1`,
  ),
  effort_on_profitable_deals: once(
    '2026-09',
    `select sum(seconds) filter (where margin >= (select quantile_cont(margin, 0.75) from ${worked})) / sum(seconds) filter (where margin is not null) from ${worked}`,
  ),
  won_revenue_variability: byMonth(
    `select month, ${inYear('d', 'stddev_samp(won) / avg(won)')} from ${months('2026-05-01', 6)}`,
    '2026-05..2026-10',
  ),
  narrowest_step: once('2026-H1', `select min(rate) from ${stageRate('2026-01-01', '2026-06-30')}`),
  funnel_unevenness: once(
    '2026-H1',
    `select stddev_samp(rate) / avg(rate) from ${stageRate('2026-01-01', '2026-06-30')}`,
  ),
  low_conversion_bar: by(
    'stage',
    '2026-Q1',
    `select stage_name, avg(rate) - 2 * stddev_samp(rate) from (
       select e.stage_name, o.owner_id, count(*) filter (where further <= entered + 30) / count(*) as rate
       from ${entries} e join opportunity o using (opportunity_id) where entered between date '2026-01-01' and date '2026-03-31' group by 1, 2)
     group by 1`,
  ),
  outstanding_appointments: byMonth(
    `select month, (select count(*) from activity where activity_type in ('meeting', 'visit', 'demo') and status <> 'cancelled'
       and ${madrid('created_at')} <= d and ${madrid('activity_at')} > d) from ${months('2026-01-01', 10)}`,
  ),
  loss_mix: {
    by: ['owner', 'loss_reason'],
    period: '2026-Q2',
    sql: `select owner_id, loss_reason, count(*) / sum(count(*)) over (partition by owner_id)
      from opportunity where stage_name = 'Lost' and close_date between date '2026-04-01' and date '2026-06-30' group by 1, 2`,
  },
  loss_lift: {
    by: ['loss_reason', 'product_family'],
    period: '2026-H1',
    sql: `with l as (select loss_reason, product_family, count(*) as n from opportunity
        where stage_name = 'Lost' and close_date between date '2026-01-01' and date '2026-06-30' group by 1, 2)
      select loss_reason, product_family, n / sum(n) over (partition by product_family)
        / (sum(n) over (partition by loss_reason) / sum(n) over ()) from l`,
  },
  rejection_mix: by(
    'disqualified_reason',
    '2026-H1',
    `select disqualified_reason, count(*) / sum(count(*)) over () from lead where disqualified_date between date '2026-01-01' and date '2026-06-30' group by 1`,
  ),
  win_lift: by(
    'amount_band',
    '2026-H1',
    `with d as (select case when amount < 5000 then '< 5000' when amount < 15000 then '5000 to < 15000' when amount < 40000 then '15000 to < 40000'
          when amount is not null then '>= 40000' end as band, is_won::int as won
        from opportunity where is_closed and close_date between date '2026-01-01' and date '2026-06-30')
     select band, sum(won) / sum(sum(won)) over () / (sum(1 - won) / sum(sum(1 - won)) over ()) from d group by 1`,
  ),
};
