select
  month,
  coalesce(max(hires), 0) as hires,
  coalesce(max(hires_2), 0) as hires_before,
  coalesce(max(hires_3), 0) as hires_of_two_months,
  coalesce(max(hires_4), 0) as hires_ever
from (
  select cells.month as month, count(*) as hires, null as hires_2, null as hires_3, null as hires_4
  from reps
  join (
    select unnest('[
      (2026-01-01, 2026-02-01, 2026-01-01, 2026-02-01),
      (2026-02-01, 2026-03-01, 2026-02-01, 2026-03-01),
      (2026-03-01, 2026-04-01, 2026-03-01, 2026-04-01)
    ]'::struct(month date, next date, "from" date, until date)[], recursive := true)
  ) as cells(month, next, "from", until) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
    and reps.hired_on >= cells."from"
    and reps.hired_on < cells.until
  where reps.hired_on >= date '2026-01-01' and reps.hired_on < date '2026-04-01'
  group by cells.month
  union all
  select cells.month as month, null as hires, count(*) as hires_2, null as hires_3, null as hires_4
  from reps
  join (
    select unnest('[
      (2026-01-01, 2026-01-01, 2025-12-01, 2026-01-01),
      (2026-02-01, 2026-02-01, 2026-01-01, 2026-02-01),
      (2026-03-01, 2026-03-01, 2026-02-01, 2026-03-01)
    ]'::struct(month date, next date, "from" date, until date)[], recursive := true)
  ) as cells(month, next, "from", until) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
    and reps.hired_on >= cells."from"
    and reps.hired_on < cells.until
  where reps.hired_on >= date '2025-12-01' and reps.hired_on < date '2026-03-01'
  group by cells.month
  union all
  select cells.month as month, null as hires, null as hires_2, count(*) as hires_3, null as hires_4
  from reps
  join (
    select unnest('[
      (2026-01-01, 2026-02-01, 2025-12-01, 2026-02-01),
      (2026-02-01, 2026-03-01, 2026-01-01, 2026-03-01),
      (2026-03-01, 2026-04-01, 2026-02-01, 2026-04-01)
    ]'::struct(month date, next date, "from" date, until date)[], recursive := true)
  ) as cells(month, next, "from", until) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
    and reps.hired_on >= cells."from"
    and reps.hired_on < cells.until
  where reps.hired_on >= date '2025-12-01' and reps.hired_on < date '2026-04-01'
  group by cells.month
  union all
  select cells.month as month, null as hires, null as hires_2, null as hires_3, count(*) as hires_4
  from reps
  join (
    select unnest('[
      (2026-01-01, 2026-02-01, 2026-02-01),
      (2026-02-01, 2026-03-01, 2026-03-01),
      (2026-03-01, 2026-04-01, 2026-04-01)
    ]'::struct(month date, next date, until date)[], recursive := true)
  ) as cells(month, next, until) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
    and reps.hired_on < cells.until
  where reps.hired_on < date '2026-04-01'
  group by cells.month
  union all
  select month, null as hires, null as hires_2, null as hires_3, null as hires_4
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
