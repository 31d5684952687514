select
  cells.month as month,
  reps.rep_id as rep,
  manager.region as "manager.region",
  count(*) as headcount
from reps
join (
  select unnest('[
    (2026-01-01, 2026-02-01),
    (2026-02-01, 2026-03-01),
    (2026-03-01, 2026-04-01)
  ]'::struct(month date, next date)[], recursive := true)
) as cells(month, next) on reps.valid_from < cells.next
  and (reps.valid_until is null or reps.valid_until >= cells.next)
left join reps as manager on manager.rep_id = reps.manager_id
  and manager.valid_from < cells.next
  and (manager.valid_until is null or manager.valid_until >= cells.next)
group by reps.rep_id, manager.region, cells.month
order by month nulls last, rep nulls last, "manager.region" nulls last
