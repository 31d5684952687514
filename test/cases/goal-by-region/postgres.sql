with deals_facts as (
  select
    rep.region as "rep.region",
    date_trunc('month', deals.closed_on::timestamp)::date as month,
    sum(deals.amount) as won
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
  where deals.closed_on >= date '2026-02-01' and deals.closed_on < date '2026-04-01'
  group by rep.region, 2
),
"goal:rep_goal_facts" as (
  select
    rep.region as "rep.region",
    date_trunc('month', "goal:rep_goal".month::timestamp)::date as month,
    sum("goal:rep_goal".target) as "rep_goal.target"
  from (
    values
      (date '2026-02-01', $1, 80.5),
      ('2026-03-01', $1, 80.0),
      ('2026-03-01', $2, 40.0)
  ) as "goal:rep_goal"(month, rep_id, target)
  left join reps as rep on rep.rep_id = "goal:rep_goal".rep_id
  where "goal:rep_goal".month >= date '2026-02-01' and "goal:rep_goal".month < date '2026-04-01'
  group by rep.region, 2
)
select
  "rep.region"::text collate "C" as "rep.region",
  month,
  coalesce(max(won), 0) as won,
  max("rep_goal.target") as "rep_goal.target",
  coalesce(max(won), 0)::double precision / nullif(max("rep_goal.target"), 0) as "rep_goal.attainment"
from (
  select "rep.region", month, won, null::numeric as "rep_goal.target"
  from deals_facts
  union all
  select "rep.region", month, null::numeric as won, "rep_goal.target"
  from "goal:rep_goal_facts"
  union all
  select
    groups."rep.region" as "rep.region",
    buckets.month as month,
    null::numeric as won,
    null::numeric as "rep_goal.target"
  from (
    select distinct "rep.region"
    from (
      select "rep.region"
      from deals_facts
      union all
      select "rep.region"
      from "goal:rep_goal_facts"
    ) as groups
  ) as groups
  cross join (
    select (date '2026-02-01' + step * interval '1 month')::date as month from generate_series(0, 1) as steps(step)
  ) as buckets
) as facts
group by "rep.region", month
order by "rep.region" nulls last, month nulls last
-- $1 = "r1"
-- $2 = "r3"
