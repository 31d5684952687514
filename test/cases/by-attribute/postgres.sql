select
  rep.region::text collate "C" as "rep.region",
  coalesce(sum(deals.won_revenue), 0) as won_revenue,
  sum(deals.won_deals) as won_deals
from (
  select rep_id, sum(amount) as won_revenue, count(*) as won_deals
  from crm.deals
  where stage = $1
  group by rep_id
) as deals
left join crm.reps as rep on rep.rep_id = deals.rep_id
group by rep.region
order by "rep.region" nulls last
-- $1 = "won"
