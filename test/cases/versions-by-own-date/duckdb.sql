select
  deals.rep_id as rep,
  rep.region as "rep.region",
  rep.rep_id || $1 || coalesce(rep.region, $2) as "rep.title",
  coalesce(sum(deals.amount), 0) as revenue
from deals
left join reps as rep on rep.rep_id = deals.rep_id
  and rep.valid_from <= deals.closed_on
  and (rep.valid_until is null or deals.closed_on < rep.valid_until)
group by deals.rep_id, rep.region, 3
order by rep nulls last, "rep.region" nulls last, "rep.title" nulls last
-- $1 = " of "
-- $2 = "nowhere"
