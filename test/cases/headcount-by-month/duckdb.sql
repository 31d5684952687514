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
    null as employed,
    null as tenure
  from (
    select
      make_date(year(valid_from), month(valid_from), 1) as born,
      make_date(year(valid_until), month(valid_until), 1) as died,
      count(*) as headcount,
      sum(salary) as payroll
    from reps
    where valid_from < date '2026-04-01'
    group by year(valid_from), month(valid_from), year(valid_until), month(valid_until)
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-02-01, 1),
      (2026-02-01, 2026-03-01, 1),
      (2026-03-01, 2026-04-01, 1),
      (2026-01-01, 2026-01-01, 2),
      (2026-02-01, 2026-02-01, 2),
      (2026-03-01, 2026-03-01, 2),
      (2026-01-01, 2026-01-01, 3),
      (2026-02-01, 2026-02-01, 3),
      (2026-03-01, 2026-03-01, 3)
    ]'::struct(month date, next date, view bigint)[], recursive := true)
  ) as cells(month, next, view) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null as headcount,
    null as payroll,
    null as headcount_2,
    null as headcount_3,
    sum(atoms.employed) as employed,
    null as tenure
  from (
    select
      make_date(year(hired_on), month(hired_on), 1) as born,
      make_date(year(left_on), month(left_on), 1) as died,
      make_date(year(valid_from), month(valid_from), 1) as born_2,
      make_date(year(valid_until), month(valid_until), 1) as died_2,
      count(*) as employed
    from reps
    where hired_on < date '2026-04-01' and valid_from < date '2026-04-01'
    group by
      year(hired_on),
      month(hired_on),
      year(left_on),
      month(left_on),
      year(valid_from),
      month(valid_from),
      year(valid_until),
      month(valid_until)
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-02-01),
      (2026-02-01, 2026-03-01),
      (2026-03-01, 2026-04-01)
    ]'::struct(month date, next date)[], recursive := true)
  ) as cells(month, next) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
    and atoms.born_2 < cells.next
    and (atoms.died_2 is null or atoms.died_2 >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null as headcount,
    null as payroll,
    null as headcount_2,
    null as headcount_3,
    null as employed,
    avg(cells.as_of - reps.hired_on) as tenure
  from reps
  join (
    select unnest('[
      (2026-01-01, 2026-01-31, 2026-02-01),
      (2026-02-01, 2026-02-28, 2026-03-01),
      (2026-03-01, 2026-03-31, 2026-04-01)
    ]'::struct(month date, as_of date, next date)[], recursive := true)
  ) as cells(month, as_of, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select
    month,
    null as headcount,
    null as payroll,
    null as headcount_2,
    null as headcount_3,
    null as employed,
    null as tenure
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
