select week, coalesce(max(headcount), 0) as headcount
from (
  select cells.week as week, count(*) as headcount
  from reps
  join (
    values
      (date '2026-02-09', date '2026-02-16'),
      (date '2026-02-16', date '2026-02-23'),
      (date '2026-02-23', date '2026-03-02'),
      (date '2026-03-02', date '2026-03-09'),
      (date '2026-03-09', date '2026-03-16')
  ) as cells(week, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.week
  union all
  select week, null as headcount
  from (
    select date '2026-02-09' + (step * 7)::int as week from range(5) as steps(step)
  ) as buckets
) as facts
group by week
order by week nulls last
