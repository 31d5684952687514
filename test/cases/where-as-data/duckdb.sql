select
  rep.region as "rep.region",
  coalesce(sum(deals.amount) filter (where deals.stage = $1), 0) as won_revenue,
  count(*) as deal_count
from crm.deals
left join crm.reps as rep on rep.rep_id = deals.rep_id
where (rep.region in ($2) or rep.region is null)
  and deals.stage in ($1, $3)
  and deals.closed_on in ($4, $5, $6)
  and (deals.amount in ($7, $8, $9) or deals.amount is null)
group by rep.region
order by "rep.region" nulls last
-- $1 = "won"
-- $2 = "north"
-- $3 = "lost"
-- $4 = "2026-01-05"
-- $5 = "2026-02-28"
-- $6 = "2026-03-31"
-- $7 = "100.10"
-- $8 = "7.5"
-- $9 = "10"
