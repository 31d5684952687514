select
  quarter,
  coalesce(pipeline, 0) as pipeline,
  "pipeline_goal.target",
  coalesce(pipeline, 0)::double precision / nullif("pipeline_goal.target", 0) as "pipeline_goal.attainment",
  coalesce(pipeline, 0)::double precision / nullif("pipeline_goal.target", 0) as "pipeline_goal.pace",
  case
    when coalesce(pipeline, 0) is null or "pipeline_goal.target" is null then null
    when case when quarter = date '2026-01-01' then date '2026-03-31' end = case
      when quarter = date '2026-01-01' then date '2026-03-25'
    end
    and coalesce(pipeline, 0) >= "pipeline_goal.target" then $1::text
    when "pipeline_goal.target" is null then null
    when coalesce(pipeline, 0) >= "pipeline_goal.target" then $2::text
    when coalesce(pipeline, 0) >= "pipeline_goal.target" * $3::numeric then $4::text
    else $5::text
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
      null::bigint as "pipeline_goal.target",
      null::bigint as "pipeline_goal.target_rows"
    from (
      select
        greatest(
          date_trunc('month', created_on::timestamp)::date,
          case when created_on >= date '2026-03-26' then date '2026-03-26' end
        ) as born,
        case
          when closed_on is not null then greatest(
            date_trunc('month', closed_on::timestamp)::date,
            case when closed_on >= date '2026-03-26' then date '2026-03-26' end
          )
        end as died,
        sum(amount) as pipeline
      from deals
      where created_on < date '2026-03-26'
      group by 1, 2
    ) as atoms
    join (
      values
        (date '2026-01-01', date '2026-03-26')
    ) as cells(quarter, next) on atoms.born < cells.next
      and (atoms.died is null or atoms.died >= cells.next)
    group by cells.quarter
    union all
    select
      quarter,
      null::bigint as pipeline,
      (array_agg("pipeline_goal.target_2" order by month desc nulls last) filter (where "pipeline_goal.target_2" is not null))[1] as "pipeline_goal.target",
      count(*) as "pipeline_goal.target_rows"
    from (
      select
        date_trunc('quarter', date_trunc('month', month::timestamp)::date::timestamp)::date as quarter,
        date_trunc('month', month::timestamp)::date as month,
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
      group by 2
    ) as rows
    group by quarter
    union all
    select
      quarter,
      null::bigint as pipeline,
      null::bigint as "pipeline_goal.target",
      null::bigint as "pipeline_goal.target_rows"
    from (
      select (date '2026-01-01' + step * interval '3 months')::date as quarter from generate_series(0, 0) as steps(step)
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
