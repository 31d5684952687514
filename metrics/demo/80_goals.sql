-- Targets, training, the use of sales content, and figures from outside.

-- What a rep is to sell in a year, spread over its months as business goes: a third of it falls into the last quarter.
create temp table month_share as
select month, share from (values
  (1, 0.064), (2, 0.070), (3, 0.080), (4, 0.082), (5, 0.086), (6, 0.085), (7, 0.072), (8, 0.066), (9, 0.080), (10, 0.094), (11, 0.103), (12, 0.118)
) as shares (month, share);

create temp table rep_target as
with plan (region, yearly) as (values ('Iberia', 525000), ('France', 635000), ('DACH', 580000), ('Benelux', 420000)),
months as (select (first_day() + to_months(m::int))::date as starts from range(36) as numbers(m)),
due as (
  select
    user_id, crm_user.team_id, starts,
    yearly * share * case year(starts) when 2024 then 0.9 when 2025 then 1.0 else 1.05 end
      * (0.9 + 0.2 * draw(substr(user_id, 2)::int, 801))
      -- Who has just begun has half a target for a quarter.
      * case when user_id = 'U32' and starts < date '2025-12-01' then 0.5 else 1 end as amount
  from crm_user
  join plan on plan.region = crm_user.region
  cross join months
  join month_share on month = month(starts)
  where role_name = 'rep'
    and starts >= date_trunc('month', case user_id when 'U12' then date '2024-07-01' else hire_date end)
    and coalesce(starts < termination_date, true)
)
select *, round(amount, -2) as target from due;

create table goal as
with stated as (
  select
    'won_revenue' as metric_name, 'Grow revenue' as objective, 'user' as scope_type, user_id as scope_id, 'month' as period_type, starts as period_start,
    target as target_value, 'EUR' as unit, 'target' as kind,
    make_date(year(starts) - 1, 12, 1) as valid_from,
    -- Sophie Vogel worked half days in the second half of 2025: her targets for it were set anew when it began.
    case when user_id = 'U24' and starts between date '2025-07-01' and date '2025-12-01' then date '2025-07-01' end as valid_to,
    'U01' as set_by, 1 as version
  from rep_target
  union all
  select
    'won_revenue', 'Grow revenue', 'user', user_id, 'month', starts, round(target * 0.6, -2), 'EUR', 'target', date '2025-07-01', null, 'U04', 2
  from rep_target where user_id = 'U24' and starts between date '2025-07-01' and date '2025-12-01'
  union all
  select
    'won_revenue', 'Grow revenue', 'user', user_id, 'month', starts, round(target * 1.2, -2), 'EUR', 'stretch', make_date(year(starts) - 1, 12, 1), null, 'U01', 1
  from rep_target where year(starts) = 2026
  union all
  select
    'won_revenue', 'Grow revenue', 'user', user_id, 'year', date_trunc('year', starts)::date, sum(target), 'EUR', 'target', make_date(year(any_value(starts)) - 1, 12, 1), null, 'U01', 1
  from rep_target group by user_id, date_trunc('year', starts)
  union all
  -- A team is asked for a little more than its members together.
  select
    'won_revenue', 'Grow revenue', 'team', team_id, 'month', starts, round(sum(target) * 1.03, -3), 'EUR', 'target', make_date(year(starts) - 1, 12, 1), null, 'U01', 1
  from rep_target group by team_id, starts
  union all
  select
    'won_revenue', 'Grow revenue', 'company', 'company', 'year', date_trunc('year', starts)::date, round(sum(target) * 1.05, -4), 'EUR', 'target', make_date(year(any_value(starts)) - 1, 11, 15), null, 'U01', 1
  from rep_target group by date_trunc('year', starts)
  union all
  select
    'open_opportunities', 'Keep the pipeline filled', 'team', team_id, 'month', starts, round(95 + 10 * draw(month(starts), 811)), 'count', 'target', make_date(year(starts) - 1, 12, 1), null, 'U01', 1
  from rep_target group by team_id, starts
  union all
  select
    'csat', 'Keep customers satisfied', 'team', 'T6', 'quarter', starts, 0.8, 'ratio', 'min', make_date(year(starts) - 1, 12, 1), null, 'U01', 1
  from rep_target where month(starts) in (1, 4, 7, 10) group by starts
)
select
  'G' || lpad(dense_rank() over (order by metric_name, scope_type, scope_id, period_type, kind, period_start)::varchar, 4, '0') as goal_id,
  metric_name, objective, scope_type, scope_id, period_type, period_start,
  case period_type when 'month' then last_day(period_start) when 'quarter' then (period_start + interval 3 month)::date - 1 else (period_start + interval 1 year)::date - 1 end as period_end,
  target_value::decimal(14, 2) as target_value, unit, kind, valid_from, valid_to, set_by
from stated
order by goal_id, version;

create table training_event as
select
  user_id, event_date, program,
  (case program when 'Onboarding' then 24 when 'Product update' then 4 else 12 end)::decimal(6, 1) as hours,
  (case program when 'Onboarding' then 900 when 'Product update' then 120 else 480 end)::decimal(10, 2) as cost,
  case when draw(seed, 824) >= 0.1 then round(62 + 36 * draw(seed, 825)) end::decimal(5, 1) as score
from (
  select
    user_id, seed,
    case
      when role_name = 'service_agent' then pick(seed, 821, ['Service excellence', 'Product update'])
      else pick(seed, 821, ['Discovery calls', 'Negotiation', 'Product update'])
    end as program,
    workday(days_after(first_day(), (k + draw(seed, 822)) * 1030 / 5)) as event_date,
    hire_date, termination_date
  from (select *, substr(user_id, 2)::int * 10 + k as seed from crm_user, range(5) as numbers(k) where role_name in ('rep', 'sdr', 'service_agent')) as people
  where draw(seed, 823) < 0.75
  union all
  select user_id, substr(user_id, 2)::int * 10 + 9, 'Onboarding', workday(hire_date + 7), hire_date, termination_date
  from crm_user where hire_date >= first_day()
) as events
where event_date <= final_day() and event_date > hire_date and coalesce(event_date <= termination_date, true)
order by event_date, user_id;

create table content_usage as
select
  'N' || lpad((row_number() over (order by used_at, seed))::varchar, 5, '0') as usage_id,
  case when is_found then 'D' || lpad(asset::varchar, 2, '0') end as asset_id,
  case when is_found then ['case study', 'datasheet', 'presentation', 'template', 'video', 'template'][1 + asset % 6] end as asset_type,
  stage_name, opportunity_id, owner_id as user_id, used_at,
  -- Most documents are looked for; the others are at hand.
  case when draw(seed, 831) < 0.7 or not is_found then round(15 + 130 * skewed(seed, 832)) end::int as search_seconds
from (
  select
    deal_stage.n * 20 + stage * 4 + k as seed, stage.stage_name, opportunity_id, version.owner_id,
    1 + floor(draw(deal_stage.n * 20 + stage * 4 + k, 833) * draw(deal_stage.n * 20 + stage * 4 + k, 834) * 24)::int as asset,
    draw(deal_stage.n * 20 + stage * 4 + k, 835) >= 0.14 as is_found,
    seconds_after(entered_on, 28000 + 30000 * draw(deal_stage.n * 20 + stage * 4 + k, 836)) as used_at
  from deal_stage
  join stage on sort_order = stage
  join opportunity_history as version on version.opportunity_id = 'O' || lpad(number::varchar, 5, '0')
    and entered_on >= version.valid_from and (version.valid_to is null or entered_on < version.valid_to),
    range(2) as numbers(k)
  where draw(deal_stage.n * 20 + stage * 4 + k, 837) < 0.24 and entered_on >= first_day()
) as uses
order by usage_id;

-- What the whole market bought, as a trade association counts it.
create table external_series as
select 'market_size' as series, make_date(year, 1, 1) as date_day, region, (value * growth)::decimal(14, 2) as value
from (values ('Iberia', 31000000), ('France', 58000000), ('DACH', 74000000), ('Benelux', 24000000)) as markets (region, value),
  (values (2024, 1.0), (2025, 1.04), (2026, 1.07)) as years (year, growth)
order by date_day, region;
