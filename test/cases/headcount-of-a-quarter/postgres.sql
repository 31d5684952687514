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
    count(*) filter (where valid_from < date '2026-04-01'
    and (valid_until is null or valid_until >= date '2026-04-01')
    and hired_on >= date '2026-01-01'
    and hired_on < date '2026-04-01') as hires,
    null::double precision as head_mean,
    null::bigint as most_heads
  from reps
  union all
  select
    null::bigint as headcount,
    null::bigint as headcount_2,
    null::bigint as headcount_3,
    null::bigint as hires,
    avg(head_mean)::double precision as head_mean,
    max(head_mean) as most_heads
  from (
    select cells.month as month, count(*) as head_mean
    from reps
    join (
      values
        (date '2026-01-01', date '2026-02-01'),
        (date '2026-02-01', date '2026-03-01'),
        (date '2026-03-01', date '2026-04-01')
    ) as cells(month, next) on reps.valid_from < cells.next
      and (reps.valid_until is null or reps.valid_until >= cells.next)
    group by cells.month
  ) as rows
) as facts
