with calls_facts as (
  select
    rep.region as "rep.region",
    make_date(year(calls.called_on), month(calls.called_on), 1) as month,
    sum(calls.minutes) filter (where calls.minutes > $1) as quiet_calls,
    avg(calls.minutes) as average_call,
    count(*) filter (where calls.minutes > $1) as quiet_calls_rows,
    count(*) as average_call_rows
  from crm.calls
  left join crm.reps as rep on rep.rep_id = calls.rep_id
  where calls.called_on >= date '2026-01-01' and calls.called_on < date '2026-04-01'
  group by rep.region, year(calls.called_on), month(calls.called_on)
)
select
  "rep.region",
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
    null as quiet_calls,
    null as average_call,
    null as quiet_calls_rows,
    null as average_call_rows
  from (
    select distinct "rep.region"
    from calls_facts
  ) as groups
  cross join (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(2) as steps(step)
  ) as buckets
) as facts
group by "rep.region", month
order by "rep.region" nulls last, month nulls last
-- $1 = "100"
