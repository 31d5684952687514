with deals_facts as (
  select
    rep.region as "rep.region",
    date_trunc('month', deals.closed_on::timestamp)::date as month,
    count(*) as deal_count
  from crm.deals
  left join crm.reps as rep on rep.rep_id = deals.rep_id
  where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
  group by rep.region, 2
),
calls_facts as (
  select
    rep.region as "rep.region",
    date_trunc('month', calls.called_on::timestamp)::date as month,
    count(*) as call_count
  from crm.calls
  left join crm.reps as rep on rep.rep_id = calls.rep_id
  where calls.called_on >= date '2026-01-01' and calls.called_on < date '2026-04-01'
  group by rep.region, 2
)
select
  month,
  "rep.region"::text collate "C" as "rep.region",
  coalesce(max(deal_count), 0) as deal_count,
  coalesce(max(call_count), 0) as call_count
from (
  select "rep.region", month, deal_count, null::bigint as call_count
  from deals_facts
  union all
  select "rep.region", month, null::bigint as deal_count, call_count
  from calls_facts
  union all
  select
    groups."rep.region" as "rep.region",
    buckets.month as month,
    null::bigint as deal_count,
    null::bigint as call_count
  from (
    select distinct "rep.region"
    from (
      select "rep.region"
      from deals_facts
      union all
      select "rep.region"
      from calls_facts
    ) as groups
  ) as groups
  cross join (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by "rep.region", month
order by month nulls last, "rep.region" nulls last
