with calls_facts as (
  select
    rep.region as "rep.region",
    date_trunc('month', calls.called_on::timestamp)::date as month,
    sum(calls.minutes) filter (where calls.minutes > $1::bigint) as quiet_calls,
    avg(calls.minutes)::double precision as average_call,
    count(*) filter (where calls.minutes > $1::bigint) as quiet_calls_rows,
    count(*) as average_call_rows
  from crm.calls
  left join crm.reps as rep on rep.rep_id = calls.rep_id
  where calls.called_on >= date '2026-01-01' and calls.called_on < date '2026-04-01'
  group by rep.region, 2
)
select
  "rep.region"::text collate "C" as "rep.region",
  month,
  case when coalesce(max(quiet_calls_rows), 0) > 0 then coalesce(max(quiet_calls), 0) end as quiet_calls,
  case when coalesce(max(average_call_rows), 0) > 0 then max(average_call) else 0 end as average_call
from (
  select "rep.region", month, quiet_calls, average_call, quiet_calls_rows, average_call_rows
  from calls_facts
  union all
  select
    groups."rep.region" as "rep.region",
    buckets.month as month,
    null::bigint as quiet_calls,
    null::double precision as average_call,
    null::bigint as quiet_calls_rows,
    null::bigint as average_call_rows
  from (
    select distinct "rep.region"
    from calls_facts
  ) as groups
  cross join (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 1) as steps(step)
  ) as buckets
) as facts
group by "rep.region", month
order by "rep.region" nulls last, month nulls last
-- $1 = "100"
