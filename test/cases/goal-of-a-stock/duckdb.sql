select
  quarter,
  coalesce(pipeline, 0) as pipeline,
  "pipeline_goal.target",
  coalesce(pipeline, 0) / nullif("pipeline_goal.target", 0) as "pipeline_goal.attainment",
  coalesce(pipeline, 0) / nullif("pipeline_goal.target", 0) as "pipeline_goal.pace",
  case
    when coalesce(pipeline, 0) is null or "pipeline_goal.target" is null then null
    when case when quarter = date '2026-01-01' then date '2026-03-31' end = case
      when quarter = date '2026-01-01' then date '2026-03-25'
    end
    and coalesce(pipeline, 0) >= "pipeline_goal.target" then $1
    when "pipeline_goal.target" is null then null
    when coalesce(pipeline, 0) >= "pipeline_goal.target" then $2
    when coalesce(pipeline, 0) >= "pipeline_goal.target" * $3 then $4
    else $5
  end as "pipeline_goal.status"
from (
  select
    quarter,
    max(pipeline) as pipeline,
    case when coalesce(max("pipeline_goal.target_rows"), 0) > 0 then max("pipeline_goal.target") end as "pipeline_goal.target"
  from (
    select
      cells.quarter as quarter,
      sum(atoms.pipeline) as pipeline,
      null as "pipeline_goal.target",
      null as "pipeline_goal.target_rows"
    from (
      select
        greatest(
          make_date(year(created_on), month(created_on), 1),
          case when created_on >= date '2026-03-26' then date '2026-03-26' end
        ) as born,
        case
          when closed_on is not null then greatest(
            make_date(year(closed_on), month(closed_on), 1),
            case when closed_on >= date '2026-03-26' then date '2026-03-26' end
          )
        end as died,
        sum(amount) as pipeline
      from deals
      where created_on < date '2026-03-26'
      group by 1, 2
    ) as atoms
    join (
      select unnest('[
        (2026-01-01, 2026-03-26)
      ]'::struct(quarter date, next date)[], recursive := true)
    ) as cells(quarter, next) on atoms.born < cells.next
      and (atoms.died is null or atoms.died >= cells.next)
    group by cells.quarter
    union all
    select
      quarter,
      null as pipeline,
      arg_max("pipeline_goal.target_2", (month is not null, month)) filter (where "pipeline_goal.target_2" is not null) as "pipeline_goal.target",
      count(*) as "pipeline_goal.target_rows"
    from (
      select
        make_date(
          year(make_date(year(month), month(month), 1)),
          quarter(make_date(year(month), month(month), 1)) * 3 - 2,
          1
        ) as quarter,
        make_date(year(month), month(month), 1) as month,
        coalesce(sum(target), 0) as "pipeline_goal.target_2"
      from (
        values
          (date '2026-01-01', $6, 100),
          ('2026-02-01', $6, 110),
          ('2026-03-01', $6, 120),
          ('2026-01-01', $7, 30),
          ('2026-02-01', $7, 40),
          ('2026-03-01', $7, 50)
      ) as "goal:pipeline_goal"(month, rep_id, target)
      where month >= date '2026-01-01' and month < date '2026-04-01'
      group by year(month), month(month)
    ) as rows
    group by quarter
    union all
    select
      quarter,
      null as pipeline,
      null as "pipeline_goal.target",
      null as "pipeline_goal.target_rows"
    from (
      select (date '2026-01-01' + to_months((step * 3)::int))::date as quarter from range(1) as steps(step)
    ) as buckets
  ) as facts
  group by quarter
) as groups
order by quarter nulls last
-- $1 = "met"
-- $2 = "on_track"
-- $3 = "0.8"
-- $4 = "at_risk"
-- $5 = "off_track"
-- $6 = "r1"
-- $7 = "r2"
