select
  deals.rep_id::text collate "C" as rep,
  rep_manager.region::text collate "C" as "rep.manager.region",
  coalesce(sum(deals.amount), 0) as revenue
from deals
left join reps as rep on rep.rep_id = deals.rep_id
  and rep.valid_from <= deals.closed_on
  and (rep.valid_until is null or deals.closed_on < rep.valid_until)
left join reps as rep_manager on rep_manager.rep_id = rep.manager_id
  and rep_manager.valid_from <= deals.closed_on
  and (rep_manager.valid_until is null or deals.closed_on < rep_manager.valid_until)
group by deals.rep_id, rep_manager.region
order by rep nulls last, "rep.manager.region" nulls last
