select
  "rep.region"::text collate "C" as "rep.region",
  coalesce(max(call_count), 0)::double precision / nullif(max(won_deals), 0) as calls_per_won_deal,
  coalesce(max(call_count), 0) as call_count,
  coalesce(max(won_deals), 0) as won_deals
from (
  select rep.region as "rep.region", sum(calls.call_count) as call_count, null::bigint as won_deals
  from (
    select rep_id, count(*) as call_count
    from crm.calls
    group by rep_id
  ) as calls
  left join crm.reps as rep on rep.rep_id = calls.rep_id
  group by rep.region
  union all
  select rep.region as "rep.region", null::bigint as call_count, sum(deals.won_deals) as won_deals
  from (
    select rep_id, count(*) as won_deals
    from crm.deals
    where stage = $1
    group by rep_id
  ) as deals
  left join crm.reps as rep on rep.rep_id = deals.rep_id
  group by rep.region
) as facts
group by "rep.region"
order by "rep.region" nulls last
-- $1 = "won"
