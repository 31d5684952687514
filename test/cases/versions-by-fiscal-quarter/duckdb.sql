select fiscal_quarter, coalesce(max(heads), 0) as heads, coalesce(max(hires), 0) as hires
from (
  select cells.fiscal_quarter as fiscal_quarter, sum(atoms.heads) as heads, null as hires
  from (
    select
      make_date(year(valid_from), month(valid_from), 1) as born,
      make_date(year(valid_until), month(valid_until), 1) as died,
      count(*) as heads
    from reps
    where valid_from < date '2026-04-01'
    group by year(valid_from), month(valid_from), year(valid_until), month(valid_until)
  ) as atoms
  join (
    select unnest('[
      (2025-11-01, 2026-02-01),
      (2026-02-01, 2026-04-01)
    ]'::struct(fiscal_quarter date, next date)[], recursive := true)
  ) as cells(fiscal_quarter, next) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.fiscal_quarter
  union all
  select cells.fiscal_quarter as fiscal_quarter, null as heads, count(*) as hires
  from reps
  join (
    select unnest('[
      (2025-11-01, 2026-02-01, 2025-11-01, 2026-02-01),
      (2026-02-01, 2026-04-01, 2026-02-01, 2026-05-01)
    ]'::struct(fiscal_quarter date, next date, "from" date, until date)[], recursive := true)
  ) as cells(fiscal_quarter, next, "from", until) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
    and reps.hired_on >= cells."from"
    and reps.hired_on < cells.until
  where reps.hired_on >= date '2025-11-01' and reps.hired_on < date '2026-05-01'
  group by cells.fiscal_quarter
  union all
  select fiscal_quarter, null as heads, null as hires
  from (
    select (date '2025-11-01' + to_months((step * 3)::int))::date as fiscal_quarter from range(2) as steps(step)
  ) as buckets
) as facts
group by fiscal_quarter
order by fiscal_quarter nulls last
