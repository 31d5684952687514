select
  deals.rep_id::text collate "C" as rep,
  opener.region::text collate "C" as "opener.region",
  rep_today.region::text collate "C" as "rep_today.region",
  coalesce(sum(deals.amount), 0) as revenue
from deals
left join reps as opener on opener.rep_id = deals.rep_id
  and opener.valid_from <= deals.created_on
  and (opener.valid_until is null or deals.created_on < opener.valid_until)
left join reps as rep_today on rep_today.rep_id = deals.rep_id
  and rep_today.valid_from < date '2026-02-20'
  and (rep_today.valid_until is null or rep_today.valid_until >= date '2026-02-20')
group by deals.rep_id, opener.region, rep_today.region
order by rep nulls last, "opener.region" nulls last, "rep_today.region" nulls last
