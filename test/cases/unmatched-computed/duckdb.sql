select
  case
    when rep.rep_id is not null then coalesce(rep.name, $1) || $2 || coalesce(rep.region, $3)
  end as "rep.title",
  sum(deals.deal_count) as deal_count
from (
  select rep_id, count(*) as deal_count
  from crm.deals
  group by rep_id
) as deals
left join crm.reps as rep on rep.rep_id = deals.rep_id
group by 1
order by "rep.title" nulls last
-- $1 = "nobody"
-- $2 = " of "
-- $3 = "nowhere"
