select
  case
    when rep.rep_id is not null then case
      when rep.region = $1 then rep.region::text
      else $2::text
    end
  end collate "C" as "rep.side",
  case when rep.region = $1 then rep.region::text else rep.name::text end collate "C" as "rep.echo",
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
