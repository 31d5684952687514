with leads_facts as (
  select
    source,
    make_date(year(day), quarter(day) * 3 - 2, 1) as quarter,
    count(*) filter (where is_won) as win_rate,
    count(*) as win_rate_2
  from leads
  where day >= date '2026-01-01' and day < date '2027-01-01'
  group by source, year(day), quarter(day)
),
"goal:avg_goal_facts" as (
  select
    source,
    make_date(year(month), quarter(month) * 3 - 2, 1) as quarter,
    avg(target) as "avg_goal.target",
    count(*) as "avg_goal.target_rows"
  from (
    values
      (date '2026-01-01', $1, 0.50),
      ('2026-02-01', $1, 0.25),
      ('2026-03-01', $1, 0.25),
      ('2026-02-01', $2, 1.00),
      ('2026-03-01', $2, 0.50)
  ) as "goal:avg_goal"(month, source, target)
  where month >= date '2026-01-01' and month < date '2027-01-01'
  group by source, year(month), quarter(month)
)
select
  source,
  quarter,
  win_rate,
  "avg_goal.target",
  case
    when win_rate is null or "avg_goal.target" is null then null
    when case when quarter = date '2026-01-01' then date '2026-03-31' end = case
      when quarter = date '2026-01-01' then date '2026-03-31'
    end
    and win_rate >= "avg_goal.target" then $3
    when "avg_goal.target" is null then null
    when win_rate >= "avg_goal.target" then $4
    when win_rate >= "avg_goal.target" * $5 then $6
    else $7
  end as "avg_goal.status"
from (
  select
    source,
    quarter,
    coalesce(max(win_rate), 0) / nullif(max(win_rate_2), 0) as win_rate,
    case when coalesce(max("avg_goal.target_rows"), 0) > 0 then max("avg_goal.target") end as "avg_goal.target"
  from (
    select
      source,
      quarter,
      win_rate,
      win_rate_2,
      null as "avg_goal.target",
      null as "avg_goal.target_rows"
    from leads_facts
    union all
    select
      source,
      quarter,
      null as win_rate,
      null as win_rate_2,
      "avg_goal.target",
      "avg_goal.target_rows"
    from "goal:avg_goal_facts"
    union all
    select
      groups.source as source,
      buckets.quarter as quarter,
      null as win_rate,
      null as win_rate_2,
      null as "avg_goal.target",
      null as "avg_goal.target_rows"
    from (
      select distinct source
      from (
        select source
        from leads_facts
        union all
        select source
        from "goal:avg_goal_facts"
      ) as groups
    ) as groups
    cross join (
      select (date '2026-01-01' + to_months((step * 3)::int))::date as quarter from range(1) as steps(step)
    ) as buckets
  ) as facts
  group by source, quarter
) as groups
order by source nulls last, quarter nulls last
-- $1 = "web"
-- $2 = "fair"
-- $3 = "met"
-- $4 = "on_track"
-- $5 = "0.8"
-- $6 = "at_risk"
-- $7 = "off_track"
