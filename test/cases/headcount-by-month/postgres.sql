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
    sum(atoms.headcount) filter (where cells.view = 1) as headcount,
    sum(atoms.payroll) filter (where cells.view = 1) as payroll,
    sum(atoms.headcount) filter (where cells.view = 2) as headcount_2,
    sum(atoms.headcount) filter (where cells.view = 3) as headcount_3,
    null::bigint as employed,
    null::double precision as tenure
  from (
    select
      date_trunc('month', valid_from::timestamp)::date as born,
      date_trunc('month', valid_until::timestamp)::date as died,
      count(*) as headcount,
      sum(salary) as payroll
    from reps
    where valid_from < date '2026-04-01'
    group by 1, 2
  ) as atoms
  join (
    values
      (date '2026-01-01', date '2026-02-01', 1),
      ('2026-02-01', '2026-03-01', 1),
      ('2026-03-01', '2026-04-01', 1),
      ('2026-01-01', '2026-01-01', 2),
      ('2026-02-01', '2026-02-01', 2),
      ('2026-03-01', '2026-03-01', 2),
      ('2026-01-01', '2026-01-01', 3),
      ('2026-02-01', '2026-02-01', 3),
      ('2026-03-01', '2026-03-01', 3)
  ) as cells(month, next, view) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as headcount,
    null::numeric as payroll,
    null::bigint as headcount_2,
    null::bigint as headcount_3,
    sum(atoms.employed) as employed,
    null::double precision as tenure
  from (
    select
      date_trunc('month', hired_on::timestamp)::date as born,
      date_trunc('month', left_on::timestamp)::date as died,
      date_trunc('month', valid_from::timestamp)::date as born_2,
      date_trunc('month', valid_until::timestamp)::date as died_2,
      count(*) as employed
    from reps
    where hired_on < date '2026-04-01' and valid_from < date '2026-04-01'
    group by 1, 2, 3, 4
  ) as atoms
  join (
    values
      (date '2026-01-01', date '2026-02-01'),
      ('2026-02-01', '2026-03-01'),
      ('2026-03-01', '2026-04-01')
  ) as cells(month, next) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
    and atoms.born_2 < cells.next
    and (atoms.died_2 is null or atoms.died_2 >= cells.next)
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
      ('2026-02-01', '2026-02-28', '2026-03-01'),
      ('2026-03-01', '2026-03-31', '2026-04-01')
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
