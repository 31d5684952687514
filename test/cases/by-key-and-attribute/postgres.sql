select
  rep::text collate "C" as rep,
  "rep.name"::text collate "C" as "rep.name",
  deal_count,
  coalesce(won_revenue, 0) as won_revenue
from (
  select
    deals.rep_id as rep,
    rep.name as "rep.name",
    deals.deal_count as deal_count,
    deals.won_revenue as won_revenue
  from (
    select rep_id, count(*) as deal_count, sum(amount) filter (where stage = $1) as won_revenue
    from crm.deals
    group by rep_id
  ) as deals
  left join crm.reps as rep on rep.rep_id = deals.rep_id
) as groups
order by rep nulls last, "rep.name" nulls last
-- $1 = "won"
