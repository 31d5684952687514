select
  case when rep.rep_id is not null then case when rep.region = $1 then rep.region else $2 end end as "rep.side",
  case when rep.region = $1 then rep.region else rep.name end as "rep.echo",
  sum(deals.deal_count) as deal_count
from (
  select rep_id, count(*) as deal_count
  from deals
  group by rep_id
) as deals
left join reps as rep on rep.rep_id = deals.rep_id
group by 1, 2
order by "rep.side" nulls last, "rep.echo" nulls last
-- $1 = "north"
-- $2 = "elsewhere"
