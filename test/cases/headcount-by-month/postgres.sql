select
  month,
  coalesce(max(headcount), 0) as headcount,
  coalesce(max(payroll), 0) as payroll,
  coalesce(max(headcount_2), 0) as head_at_start,
  coalesce(max(headcount_3), 0) as head_before,
  coalesce(max(employed), 0) as employed,
  max(tenure) as tenure
from (
  select
    cells.month as month,
    count(*) as headcount,
    sum(reps.salary) as payroll,
    null::bigint as headcount_2,
    null::bigint as headcount_3,
    null::bigint as employed,
    null::double precision as tenure
  from reps
  join (
    values
      (date '2026-01-01', date '2026-02-01'),
      (date '2026-02-01', date '2026-03-01'),
      (date '2026-03-01', date '2026-04-01')
  ) as cells(month, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as headcount,
    null::numeric as payroll,
    count(*) as headcount_2,
    null::bigint as headcount_3,
    null::bigint as employed,
    null::double precision as tenure
  from reps
  join (
    values
      (date '2026-01-01', date '2026-01-01'),
      (date '2026-02-01', date '2026-02-01'),
      (date '2026-03-01', date '2026-03-01')
  ) as cells(month, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as headcount,
    null::numeric as payroll,
    null::bigint as headcount_2,
    count(*) as headcount_3,
    null::bigint as employed,
    null::double precision as tenure
  from reps
  join (
    values
      (date '2026-01-01', date '2026-01-01'),
      (date '2026-02-01', date '2026-02-01'),
      (date '2026-03-01', date '2026-03-01')
  ) as cells(month, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as headcount,
    null::numeric as payroll,
    null::bigint as headcount_2,
    null::bigint as headcount_3,
    count(*) as employed,
    null::double precision as tenure
  from reps
  join (
    values
      (date '2026-01-01', date '2026-02-01'),
      (date '2026-02-01', date '2026-03-01'),
      (date '2026-03-01', date '2026-04-01')
  ) as cells(month, next) on reps.hired_on < cells.next
    and (reps.left_on is null or reps.left_on >= cells.next)
    and reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as headcount,
    null::numeric as payroll,
    null::bigint as headcount_2,
    null::bigint as headcount_3,
    null::bigint as employed,
    avg(cells.as_of - reps.hired_on)::double precision as tenure
  from reps
  join (
    values
      (date '2026-01-01', date '2026-01-31', date '2026-02-01'),
      (date '2026-02-01', date '2026-02-28', date '2026-03-01'),
      (date '2026-03-01', date '2026-03-31', date '2026-04-01')
  ) as cells(month, as_of, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select
    month,
    null::bigint as headcount,
    null::numeric as payroll,
    null::bigint as headcount_2,
    null::bigint as headcount_3,
    null::bigint as employed,
    null::double precision as tenure
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
