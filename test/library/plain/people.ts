/** What people, their activity, service and enablement should say of a period, in plain SQL. */
import { by, byMonth, byQuarter, madrid, months, once, type Question, quarters } from './question.ts';

/** The people who have a quota in a time, with it and with what they won; `who` has both. */
const field = (from: string, until: string) => `(
  select scope_id as owner_id, sum(target_value)::double as quota,
    coalesce((select sum(amount) from opportunity o where o.owner_id = scope_id and is_won and close_date between date '${from}' and date '${until}'), 0)::double as won
  from goal where metric_name = 'won_revenue' and kind = 'target' and scope_type = 'user' and period_type = 'month' and valid_to is null
    and period_start between date '${from}' and date '${until}' group by 1)`;
const summer = field('2026-07-01', '2026-09-30');
const spring = field('2026-04-01', '2026-06-30');
const places = (people: string) =>
  `(select owner_id, won / quota as share, rank() over (order by won / quota desc) as place, rank() over (order by won / quota desc) / count(*) over () as part from ${people})`;
const best = `(select owner_id, part <= 0.25 as is_best from ${places(summer)})`;
const inSummer = (date: string) => `${date} between date '2026-07-01' and date '2026-09-30'`;
const edge = (rows: string) =>
  once(
    '2026-Q3',
    `select avg(x) filter (where is_best) - avg(x) filter (where not is_best) from ${best} left join (${rows}) using (owner_id)`,
  );
const done = "status in ('held', 'completed')";
const isCall = "activity_type = 'call' and status = 'completed'";
const isAppointment = `activity_type in ('meeting', 'visit', 'demo') and ${done} and account_id is not null`;
const counts = (condition: string) =>
  `select owner_id, count(*) as x from activity where ${condition} and ${inSummer(madrid('activity_at'))} group by 1`;

const reps = "(select user_id as owner_id from crm_user where role_name = 'rep')";
const proposals = `select owner_id, count(*) as x from quote where ${inSummer(madrid('delivered_at'))} group by 1`;
const winRates = `select owner_id, avg(is_won::int) as x from opportunity where is_closed and ${inSummer('close_date')} group by 1`;
const toMedian = (rows: string) =>
  `select owner_id, x / median(x) over () - 1 as x from (${rows}) join ${reps} using (owner_id)`;
const peers = (rows: string): Question => ({
  ...by('owner', '2026-Q3', toMedian(rows)),
  where: "owner.role_name = 'rep'",
});

/** The shortfall of each person of a team in the first quarter of 2026, by the team of now. */
const short = `(select team_id, greatest(quota - won, 0) as missing, won < quota as is_below,
    row_number() over (partition by team_id order by greatest(quota - won, 0) desc) as place
  from ${field('2026-01-01', '2026-03-31')} join crm_user on user_id = owner_id)`;
const teams = (value: string) => by('team', '2026-Q1', `select team_id, ${value} from ${short} group by 1`);
const shareBelow = 'avg(is_below::int)';
const shareOfTwo = 'sum(missing) filter (where place <= 2) / sum(missing)';

const isThere = (d: string) =>
  `hire_date <= ${d} and coalesce(termination_date >= ${d}, true) and valid_from <= ${d} and coalesce(valid_to > ${d}, true)`;

/** Each month of each person with a quota: what was done and won in it. */
const acts = (rows: string) =>
  `(select owner_id, date_trunc('month', day)::date as m, count(*)::double as n from (${rows}) group by 1, 2)`;
const correlation = (rows: string, lag: number) =>
  once(
    '2025-10..2026-09',
    `select corr(coalesce(n, 0), coalesce(won, 0)) from (
       select scope_id as owner_id, period_start as m from goal where metric_name = 'won_revenue' and kind = 'target' and scope_type = 'user'
         and period_type = 'month' and valid_to is null and target_value > 0 and period_start between date '2025-10-01' and date '2026-09-01') q
     left join (select owner_id, date_trunc('month', close_date)::date as m, sum(amount)::double as won from opportunity where is_won group by 1, 2) w using (owner_id, m)
     left join ${acts(rows)} a on a.owner_id = q.owner_id and a.m = q.m - interval ${lag} month
     where won is not null or n is not null`,
  );
const completed = `select owner_id, ${madrid('completed_at')} as day from activity where completed_at is not null`;

const agents = `(
  select user_id as owner_id,
    (select avg(duration_seconds / 60) from activity where owner_id = user_id and activity_type = 'call' and ${done} and ${inSummer(madrid('activity_at'))}) as minutes,
    (select avg((score / scale_max)::double) from survey_response where owner_id = user_id and instrument = 'csat' and ${inSummer(madrid('responded_at'))}) as liking
  from crm_user where role_name = 'service_agent')`;
const likingOfAll = `(select avg((score / scale_max)::double) from survey_response join crm_user on user_id = owner_id
  where role_name = 'service_agent' and instrument = 'csat' and ${inSummer(madrid('responded_at'))})`;

const critical = `(select owner_id, theme from survey_response where theme is not null and score * 2 < scale_max and ${inSummer(madrid('responded_at'))})`;

const hiredIn2025 =
  "(select user_id as owner_id, hire_date from crm_user where year(hire_date) = 2025 and role_name = 'rep')";
const reached = `(select owner_id, min(last_day(m)) as day from (
    select scope_id as owner_id, period_start as m, sum(target_value) as quota,
      (select sum(amount) from opportunity o where o.owner_id = scope_id and is_won and date_trunc('month', close_date) = period_start) as won
    from goal where metric_name = 'won_revenue' and kind = 'target' and scope_type = 'user' and period_type = 'month' and valid_to is null
      and year(period_start) = 2025 group by 1, 2)
  where won >= 0.8 * quota group by 1)`;
/** What people in their first six months had as a quota and won in 2025. */
const ramp = `(
  (select coalesce(sum(target_value), 0) from goal join crm_user on user_id = scope_id where metric_name = 'won_revenue' and kind = 'target'
     and period_type = 'month' and valid_to is null and year(period_start) = 2025 and period_start < hire_date + interval 6 month)
  - (select coalesce(sum(amount), 0) from opportunity join crm_user on user_id = owner_id where is_won and year(close_date) = 2025 and close_date < hire_date + interval 6 month))`;

export const people: Readonly<Record<string, Question>> = {
  sales_rank: by(
    'owner',
    '2026-Q3',
    `select owner_id, rank() over (order by sum(amount) desc) from opportunity where is_won and ${inSummer('close_date')} group by 1`,
  ),
  attainment_rank: by('owner', '2026-Q3', `select owner_id, place from ${places(summer)}`),
  attainment_place: by('owner', '2026-Q3', `select owner_id, part from ${places(summer)}`),
  ranked_sellers: once('2026-Q3', `select count(*) from ${summer}`),
  winning_sellers: once(
    '2026-Q3',
    `select count(distinct owner_id) from opportunity where is_won and ${inSummer('close_date')}`,
  ),
  mean_seller_revenue: once(
    '2026-Q3',
    `select sum(amount)::double / count(distinct owner_id) from opportunity where is_won and ${inSummer('close_date')}`,
  ),
  revenue_share: by(
    'owner',
    '2026-Q3',
    `select owner_id, sum(amount)::double / sum(sum(amount)) over () from opportunity where is_won and ${inSummer('close_date')} group by 1`,
  ),
  satisfaction_rank: by(
    'owner',
    '2026-Q3',
    `select owner_id, rank() over (order by liking desc) from ${agents} where liking is not null`,
  ),
  ranked_agents: once('2026-Q3', `select count(liking) from ${agents}`),
  performance_band: by(
    'owner',
    '2026-Q3',
    `select owner_id, case when n.part <= 0.2 and b.part <= 0.2 then 'high' when n.part > 0.8 and b.part > 0.8 then 'low' else 'middle' end
     from ${places(summer)} n left join ${places(spring)} b using (owner_id)`,
  ),
  win_rate_edge: edge(winRates),
  cycle_edge: edge(
    `select owner_id, avg(close_date - created_date) as x from opportunity where is_won and ${inSummer('close_date')} group by 1`,
  ),
  deal_size_edge: edge(
    `select owner_id, avg(amount)::double as x from opportunity where is_won and ${inSummer('close_date')} group by 1`,
  ),
  calls_edge: edge(counts(isCall)),
  appointments_edge: edge(counts(isAppointment)),
  experience_edge: edge('select user_id as owner_id, years_experience::double as x from crm_user'),
  years_of_experience: by(
    'team',
    '2024-06',
    `select team_id, avg(years_experience) from crm_user_history where ${isThere("date '2024-06-30'")} group by 1`,
  ),
  hire_day: by(
    'owner',
    '2025',
    `select user_id, hire_date from crm_user_history where ${isThere("date '2025-12-31'")}`,
  ),
  day_of_reaching_quota: by('owner', '2025', `select * from ${reached}`),
  ramp_days: once('2025', `select median(day - hire_date) from ${hiredIn2025} join ${reached} using (owner_id)`),
  training_cost_per_point: byQuarter(
    `select quarter, (select sum(cost) from training_event where event_date between quarter and d) / (100 * (share - before))
     from ${quarters('2024-04-01', 10)} join (
       select quarter as q, share, lag(share) over (order by quarter) as before from (
         select quarter, (select sum(amount) from opportunity where is_won and close_date between quarter and d)
           / (select sum(target_value) from goal where metric_name = 'won_revenue' and kind = 'target' and scope_type = 'user' and period_type = 'month'
              and valid_to is null and period_start between quarter and d) as share
         from ${quarters('2024-01-01', 11)})) on q = quarter
     where share > before`,
    '2024-Q2..2026-Q3',
  ),
  ramp_loss: once('2025', `select ${ramp}`),
  replacement_cost_per_hire: once(
    '2025',
    `select ((select sum(hiring_cost) from crm_user where role_name = 'rep' and year(hire_date) = 2025) + ${ramp})
       / (select count(*) from crm_user where role_name = 'rep' and year(hire_date) = 2025)`,
  ),
  below_quota_rate: teams(shareBelow),
  shortfall: teams('sum(missing)'),
  shortfall_of_two: teams(shareOfTwo),
  shortfall_kind: teams(
    `case when ${shareBelow} = 0 then 'none' when ${shareBelow} >= 0.5 then 'general' when ${shareOfTwo} >= 0.7 then 'individual' else 'mixed' end`,
  ),
  calls_to_peers: peers(counts(isCall)),
  appointments_to_peers: peers(counts(isAppointment)),
  proposals_to_peers: peers(proposals),
  win_rate_to_peers: peers(winRates),
  weakest_action: {
    ...peers(''),
    sql: `select owner_id, case when min(x) < 0 then arg_min(what, x) else 'none' end from (
        select owner_id, 'calls' as what, x from (${toMedian(counts(isCall))}) union all select owner_id, 'appointments', x from (${toMedian(counts(isAppointment))})
        union all select owner_id, 'proposals', x from (${toMedian(proposals)}) union all select owner_id, 'closing', x from (${toMedian(winRates)}))
      group by 1`,
  },
  // activity
  effort_index: byMonth(
    `select month, ((select sum(case activity_type when 'call' then (status = 'completed')::int when 'meeting' then 3 when 'demo' then 4 when 'visit' then 5 end)
         from activity where ${done} and ${madrid('activity_at')} between month and d)
       + 5 * (select count(*) from quote where ${madrid('delivered_at')} between month and d))
       / (select count(*) from calendar where is_business_day and date_day between month and d) from ${months('2026-01-01', 10)}`,
  ),
  overdue_actions: byMonth(
    `select month, (select count(*) from activity where status in ('planned', 'completed') and due_date < d and ${madrid('created_at')} <= d
       and coalesce(${madrid('completed_at')} > d, true)) from ${months('2026-01-01', 10)}`,
  ),
  actions_due: byMonth(
    `select month, (select count(*) from activity where status in ('planned', 'completed') and due_date between d and d + 7 and ${madrid('created_at')} <= d
       and coalesce(${madrid('completed_at')} > d, true)) from ${months('2026-01-01', 10)}`,
  ),
  activity_sales_correlation: correlation(completed, 0),
  activity_sales_correlation_1: correlation(completed, 1),
  activity_sales_correlation_2: correlation(completed, 2),
  call_sales_correlation: correlation(
    `select owner_id, ${madrid('activity_at')} as day from activity where ${isCall}`,
    1,
  ),
  appointment_sales_correlation: correlation(
    `select owner_id, ${madrid('activity_at')} as day from activity where ${isAppointment}`,
    1,
  ),
  proposal_sales_correlation: correlation(
    `select owner_id, ${madrid('delivered_at')} as day from quote where delivered_at is not null`,
    1,
  ),
  // service
  open_cases: byMonth(
    `select month, (select count(*) from support_case where ${madrid('created_at')} <= d and coalesce(${madrid('closed_at')} > d, true)) from ${months('2026-01-01', 10)}`,
  ),
  overdue_cases: byMonth(
    `select month, (select count(*) from support_case where ${madrid('created_at')} <= d and coalesce(${madrid('closed_at')} > d, true) and ${madrid('due_at')} <= d) from ${months('2026-01-01', 10)}`,
  ),
  service_agents: byMonth(
    `select month, (select count(*) from crm_user_history where role_name = 'service_agent' and ${isThere('d')}) from ${months('2026-01-01', 10)}`,
  ),
  cases_per_agent: byMonth(
    `select month, (select count(*) from support_case where ${madrid('created_at')} <= d and coalesce(${madrid('closed_at')} > d, true))
       / (select count(*) from crm_user_history where role_name = 'service_agent' and ${isThere('d')}) from ${months('2026-01-01', 10)}`,
  ),
  call_time_satisfaction: once('2026-Q3', `select corr(minutes, liking) from ${agents}`),
  service_style: by(
    'owner',
    '2026-Q3',
    `select owner_id, case when minutes <= (select median(minutes) from ${agents})
       then case when liking >= ${likingOfAll} then 'fast and liked' else 'fast, not liked' end
       else case when liking >= ${likingOfAll} then 'slow, but liked' else 'slow, not liked' end end from ${agents}`,
  ),
  // enablement
  template_coverage: byMonth(
    `select month, (select count(distinct stage_name) from content_usage join stage using (stage_name)
       where not is_closed and asset_type = 'template' and ${madrid('used_at')} between d - 29 and d) / 4 from ${months('2026-01-01', 10)}`,
  ),
  comment_gap: {
    by: ['owner', 'theme'],
    period: '2026-Q3',
    sql: `select owner_id, theme, count(*) / sum(count(*)) over (partition by owner_id)
        - (select count(*) filter (where a.theme = c.theme) / count(*) from ${critical} a) from ${critical} c group by 1, 2`,
  },
};
