select
  month,
  max(mean_gap) as mean_gap,
  max(mean_gap_inline) as mean_gap_inline,
  max(mean_gap_2) as gap_before,
  max(mean_gap_3) as gap_of_two_months,
  max(gap_by_log) as gap_by_log,
  coalesce(max(first_calls), 0) as first_calls
from (
  select
    cells.month as month,
    sum(atoms.mean_gap_sum) filter (where cells.view = 1) / nullif(
      sum(atoms.mean_gap_count) filter (where cells.view = 1),
      0
    ) as mean_gap,
    sum(atoms.mean_gap_sum) filter (where cells.view = 1) / nullif(
      sum(atoms.mean_gap_count) filter (where cells.view = 1),
      0
    ) as mean_gap_inline,
    sum(atoms.mean_gap_sum) filter (where cells.view = 2) / nullif(
      sum(atoms.mean_gap_count) filter (where cells.view = 2),
      0
    ) as mean_gap_2,
    sum(atoms.mean_gap_sum) filter (where cells.view = 3) / nullif(
      sum(atoms.mean_gap_count) filter (where cells.view = 3),
      0
    ) as mean_gap_3,
    sum(atoms.first_calls) filter (where cells.view = 1) as first_calls,
    null as gap_by_log
  from (
    select
      called_on as atom,
      sum(called_on - previous_2) as mean_gap_sum,
      count(called_on - previous_2) as mean_gap_count,
      count(*) filter (where previous_1 is null) as first_calls
    from (
      select
        called_on,
        case
          when called_on is not null then lag(call_id) over (
            partition by account_id, called_on is null
            order by called_on, call_id
          )
        end as previous_1,
        case
          when called_on is not null then lag(called_on) over (
            partition by account_id, called_on is null
            order by called_on, call_id
          )
        end as previous_2
      from calls
    ) as calls
    where called_on >= date '2025-12-01' and called_on < date '2026-04-01'
    group by called_on
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-01-01, 2026-02-01, 1),
      (2026-02-01, 2026-02-01, 2026-03-01, 1),
      (2026-03-01, 2026-03-01, 2026-04-01, 1),
      (2026-01-01, 2025-12-01, 2026-01-01, 2),
      (2026-02-01, 2026-01-01, 2026-02-01, 2),
      (2026-03-01, 2026-02-01, 2026-03-01, 2),
      (2026-01-01, 2025-12-01, 2026-02-01, 3),
      (2026-02-01, 2026-01-01, 2026-03-01, 3),
      (2026-03-01, 2026-02-01, 2026-04-01, 3)
    ]'::struct(month date, "from" date, until date, view bigint)[], recursive := true)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    make_date(year(logged_at), month(logged_at), 1) as month,
    null as mean_gap,
    null as mean_gap_inline,
    null as mean_gap_2,
    null as mean_gap_3,
    null as first_calls,
    avg(called_on - previous_1) as gap_by_log
  from (
    select
      logged_at,
      called_on,
      case
        when called_on is not null then lag(called_on) over (
          partition by account_id, called_on is null
          order by called_on, call_id
        )
      end as previous_1
    from calls
  ) as calls
  where logged_at >= timestamp '2026-01-01 00:00:00' and logged_at < timestamp '2026-04-01 00:00:00'
  group by year(logged_at), month(logged_at)
  union all
  select
    month,
    null as mean_gap,
    null as mean_gap_inline,
    null as mean_gap_2,
    null as mean_gap_3,
    null as first_calls,
    null as gap_by_log
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
