with deals_facts as (
  select deals.rep_id as rep, rep.region as "rep.region", count(*) as won_deals
  from crm.deals
  left join crm.reps as rep on rep.rep_id = deals.rep_id
  where (rep.region = $1 or rep.region is null) and deals.stage = $2
  group by deals.rep_id, rep.region
)
select
  rep::text collate "C" as rep,
  "rep.region"::text collate "C" as "rep.region",
  coalesce(max(won_deals), 0) as won_deals
from (
  select rep, "rep.region", won_deals
  from deals_facts
  union all
  select rep, "rep.region", null::bigint as won_deals
  from (
    select distinct rep_id as rep, region as "rep.region"
    from crm.reps
    where region = $1 or region is null
  ) as rows
) as facts
group by rep, "rep.region"
order by rep nulls last, "rep.region" nulls last
-- $1 = "north"
-- $2 = "won"
