select
  cells.month as month,
  reps.rep_id::text collate "C" as rep,
  coalesce(sum(coalesce(deals_rolled.rolled_1, 0)), 0) as deals_of_reps
from reps
left join (
  select rep_id, count(*) as rolled_1
  from deals
  group by rep_id
) as deals_rolled on deals_rolled.rep_id = reps.rep_id
join (
  values
    (date '2026-02-01', date '2026-03-01'),
    (date '2026-03-01', date '2026-04-01')
) as cells(month, next) on reps.valid_from < cells.next
  and (reps.valid_until is null or reps.valid_until >= cells.next)
group by reps.rep_id, cells.month
order by month nulls last, rep nulls last
