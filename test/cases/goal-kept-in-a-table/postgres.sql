with deals_facts as (
  select
    rep.region as "rep.region",
    date_trunc('quarter', deals.closed_on::timestamp)::date as quarter,
    sum(deals.amount) as won
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
  where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-07-01'
  group by rep.region, 2
),
quotas_facts as (
  select
    rep.region as "rep.region",
    date_trunc('quarter', quotas.quarter::timestamp)::date as quarter,
    sum(quotas.amount) as "quota_goal.target",
    count(*) as "quota_goal.target_rows"
  from quotas
  left join reps as rep on rep.rep_id = quotas.rep_id
  where quotas.quarter >= date '2026-01-01' and quotas.quarter < date '2026-07-01'
  group by rep.region, 2
),
"quota_goal.expected_facts" as (
  select
    "rep.region",
    quarter,
    count("quota_goal.expected") as "quota_goal.expected",
    sum("quota_goal.expected_2") as "quota_goal.expected_2"
  from (
    select
      "rep.region",
      quarter,
      quarter_2,
      (
        case when "quota_goal.target_rows" > 0 then coalesce("quota_goal.target", 0) end * case
          when quarter = date '2026-01-01' and quarter_2 = date '2026-01-01' then 64
          when quarter = date '2026-04-01' and quarter_2 = date '2026-04-01' then 3
        end
      )::double precision / nullif(
        case
          when quarter = date '2026-01-01' and quarter_2 = date '2026-01-01' then 64
          when quarter = date '2026-04-01' and quarter_2 = date '2026-04-01' then 65
        end,
        0
      ) as "quota_goal.expected",
      (
        case when "quota_goal.target_rows" > 0 then coalesce("quota_goal.target", 0) end * case
          when quarter = date '2026-01-01' and quarter_2 = date '2026-01-01' then 64
          when quarter = date '2026-04-01' and quarter_2 = date '2026-04-01' then 3
        end
      )::double precision / nullif(
        case
          when quarter = date '2026-01-01' and quarter_2 = date '2026-01-01' then 64
          when quarter = date '2026-04-01' and quarter_2 = date '2026-04-01' then 65
        end,
        0
      ) as "quota_goal.expected_2"
    from (
      select
        rep.region as "rep.region",
        sum(quotas.amount) as "quota_goal.target",
        count(*) as "quota_goal.target_rows",
        date_trunc('quarter', quotas.quarter::timestamp)::date as quarter,
        date_trunc('quarter', date_trunc('quarter', quotas.quarter::timestamp)::date::timestamp)::date as quarter_2
      from quotas
      left join reps as rep on rep.rep_id = quotas.rep_id
      where quotas.quarter >= date '2026-01-01' and quotas.quarter < date '2026-07-01'
      group by rep.region, 4
    ) as groups
    offset 0
  ) as rows
  group by "rep.region", quarter
)
select
  "rep.region"::text collate "C" as "rep.region",
  quarter,
  coalesce(won, 0) as won,
  "quota_goal.target",
  "quota_goal.expected",
  case
    when "quota_goal.target" is null then null
    when case
      when quarter = date '2026-01-01' then date '2026-03-31'
      when quarter = date '2026-04-01' then date '2026-06-30'
    end = case
      when quarter = date '2026-01-01' then date '2026-03-31'
      when quarter = date '2026-04-01' then date '2026-04-05'
    end then coalesce(won, 0)
    else (coalesce(won, 0) * "quota_goal.target")::double precision / nullif(
      "quota_goal.expected",
      0
    )
  end as "quota_goal.landing",
  case
    when coalesce(won, 0) is null or "quota_goal.target" is null then null
    when coalesce(won, 0) >= "quota_goal.target" then $1::text
    when "quota_goal.expected" is null then null
    when coalesce(won, 0) >= "quota_goal.expected" then $2::text
    when coalesce(won, 0) >= "quota_goal.expected" * $3::numeric then $4::text
    else $5::text
  end as "quota_goal.status"
from (
  select
    "rep.region",
    quarter,
    max(won) as won,
    case
      when coalesce(max("quota_goal.target_rows"), 0) > 0 then coalesce(max("quota_goal.target"), 0)
    end as "quota_goal.target",
    case
      when coalesce(max("quota_goal.expected"), 0) > $6::bigint then coalesce(
        max("quota_goal.expected_2"),
        0
      )
    end as "quota_goal.expected"
  from (
    select
      "rep.region",
      quarter,
      won,
      null::numeric as "quota_goal.target",
      null::bigint as "quota_goal.target_rows",
      null::bigint as "quota_goal.expected",
      null::double precision as "quota_goal.expected_2"
    from deals_facts
    union all
    select
      "rep.region",
      quarter,
      null::numeric as won,
      "quota_goal.target",
      "quota_goal.target_rows",
      null::bigint as "quota_goal.expected",
      null::double precision as "quota_goal.expected_2"
    from quotas_facts
    union all
    select
      "rep.region",
      quarter,
      null::numeric as won,
      null::numeric as "quota_goal.target",
      null::bigint as "quota_goal.target_rows",
      "quota_goal.expected",
      "quota_goal.expected_2"
    from "quota_goal.expected_facts"
    union all
    select
      groups."rep.region" as "rep.region",
      buckets.quarter as quarter,
      null::numeric as won,
      null::numeric as "quota_goal.target",
      null::bigint as "quota_goal.target_rows",
      null::bigint as "quota_goal.expected",
      null::double precision as "quota_goal.expected_2"
    from (
      select distinct "rep.region"
      from (
        select "rep.region"
        from deals_facts
        union all
        select "rep.region"
        from quotas_facts
        union all
        select "rep.region"
        from "quota_goal.expected_facts"
      ) as groups
    ) as groups
    cross join (
      select (date '2026-01-01' + step * interval '3 months')::date as quarter from generate_series(0, 1) as steps(step)
    ) as buckets
  ) as facts
  group by "rep.region", quarter
) as groups
order by "rep.region" nulls last, quarter nulls last
-- $1 = "met"
-- $2 = "on_track"
-- $3 = "0.8"
-- $4 = "at_risk"
-- $5 = "off_track"
-- $6 = "0"
