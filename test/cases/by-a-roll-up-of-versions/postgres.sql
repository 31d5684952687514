select
  case when rep.rep_id is not null then coalesce(rep_deals_rolled.rolled_1, 0) end as "rep.deals_closed",
  coalesce(sum(deals.amount), 0) as revenue
from deals
left join reps as rep on rep.rep_id = deals.rep_id
  and rep.valid_from <= deals.closed_on
  and (rep.valid_until is null or deals.closed_on < rep.valid_until)
left join (
  select rep_id, count(*) as rolled_1
  from deals
  group by rep_id
) as rep_deals_rolled on rep_deals_rolled.rep_id = rep.rep_id
group by 1
order by "rep.deals_closed" nulls last
