select
  coalesce(max(headcount), 0) as headcount,
  max(head_mean) as head_mean,
  max(most_heads) as most_heads,
  coalesce(max(headcount_2), 0) as head_before,
  coalesce(max(headcount_3), 0) as head_at_start,
  coalesce(max(hires), 0) as hires
from (
  select
    count(*) filter (where valid_from < date '2026-04-01'
    and (valid_until is null or valid_until >= date '2026-04-01')) as headcount,
    count(*) filter (where valid_from < date '2026-03-01'
    and (valid_until is null or valid_until >= date '2026-03-01')) as headcount_2,
    count(*) filter (where valid_from < date '2026-01-01'
    and (valid_until is null or valid_until >= date '2026-01-01')) as headcount_3,
    null as hires,
    null as head_mean,
    null as most_heads
  from reps
  union all
  select
    null as headcount,
    null as headcount_2,
    null as headcount_3,
    count(*) as hires,
    null as head_mean,
    null as most_heads
  from reps
  where valid_from < date '2026-04-01'
    and (valid_until is null or valid_until >= date '2026-04-01')
    and hired_on >= date '2026-01-01'
    and hired_on < date '2026-04-01'
  union all
  select
    null as headcount,
    null as headcount_2,
    null as headcount_3,
    null as hires,
    avg(head_mean) as head_mean,
    max(head_mean) as most_heads
  from (
    select cells.month as month, sum(atoms.headcount) as head_mean
    from (
      select
        make_date(year(valid_from), month(valid_from), 1) as born,
        make_date(year(valid_until), month(valid_until), 1) as died,
        count(*) as headcount
      from reps
      where valid_from < date '2026-04-01'
      group by year(valid_from), month(valid_from), year(valid_until), month(valid_until)
    ) as atoms
    join (
      select unnest('[
        (2026-01-01, 2026-02-01),
        (2026-02-01, 2026-03-01),
        (2026-03-01, 2026-04-01)
      ]'::struct(month date, next date)[], recursive := true)
    ) as cells(month, next) on atoms.born < cells.next
      and (atoms.died is null or atoms.died >= cells.next)
    group by cells.month
  ) as rows
) as facts
