select
  "rep.region",
  coalesce(max(created_count), 0) as created_count,
  coalesce(max(deal_count), 0) as deal_count
from (
  select rep.region as "rep.region", count(*) as created_count, null as deal_count
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
    and rep.valid_from <= deals.created_on
    and (rep.valid_until is null or deals.created_on < rep.valid_until)
  where deals.created_on is not null
  group by rep.region
  union all
  select rep.region as "rep.region", null as created_count, count(*) as deal_count
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
    and rep.valid_from <= deals.closed_on
    and (rep.valid_until is null or deals.closed_on < rep.valid_until)
  group by rep.region
) as facts
group by "rep.region"
order by "rep.region" nulls last
