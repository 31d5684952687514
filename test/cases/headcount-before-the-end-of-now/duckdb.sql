select month, coalesce(max(headcount), 0) as headcount, coalesce(max(payroll), 0) as payroll
from (
  select cells.month as month, count(*) as headcount, sum(reps.salary) as payroll
  from reps
  join (
    values
      (date '2026-01-01', date '2026-02-01'),
      (date '2026-02-01', date '2026-02-20'),
      (date '2026-03-01', date '2026-04-01')
  ) as cells(month, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select month, null as headcount, null as payroll
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
