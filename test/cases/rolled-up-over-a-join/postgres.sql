select
  case
    when rep.rep is not null then case
      when rep.rep is not null then coalesce(rep_calls_rolled.rolled_1, 0)
    end > $1::bigint
  end as "rep.is_busy",
  case when rep.rep is not null then coalesce(rep_calls_rolled.rolled_2, 0) end as "rep.demos",
  coalesce(sum(deals.won_revenue), 0) as won_revenue
from (
  select rep, sum(amount) as won_revenue
  from deals
  where state = $2 and closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by rep
) as deals
left join reps as rep on rep.rep = deals.rep
left join (
  select rep as rep_id, sum(minutes) as rolled_1, count(*) filter (where kind = $3) as rolled_2
  from calls
  group by rep
) as rep_calls_rolled on rep_calls_rolled.rep_id = rep.rep
group by 1, 2
order by "rep.is_busy" nulls last, "rep.demos" nulls last
-- $1 = "15"
-- $2 = "won"
-- $3 = "demo"
