select
  case
    when rep.rep_id is not null then coalesce(rep.name::text, $1::text) || $2::text || coalesce(
      rep.region::text,
      $3::text
    )
  end collate "C" as "rep.title",
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
