select
  month,
  coalesce(max(open_tickets), 0) as open_tickets,
  coalesce(max(open_tickets_2), 0) as at_start,
  max(average_size) as average_size
from (
  select
    cells.month as month,
    sum(atoms.open_tickets) filter (where cells.view = 1) as open_tickets,
    sum(atoms.open_tickets) filter (where cells.view = 2) as open_tickets_2,
    sum(atoms.average_size_sum) filter (where cells.view = 1) / nullif(
      sum(atoms.average_size_count) filter (where cells.view = 1),
      0
    ) as average_size
  from (
    select
      case
        when opened_at < timestamp '2025-12-31 23:00:00' then date '2025-12-01'
        when opened_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
        when opened_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
        when opened_at < timestamp '2026-03-31 22:00:00' then date '2026-03-01'
        else date '2026-04-01'
      end as born,
      case
        when closed_at is not null then case
          when closed_at < timestamp '2025-12-31 23:00:00' then date '2025-12-01'
          when closed_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
          when closed_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
          when closed_at < timestamp '2026-03-31 22:00:00' then date '2026-03-01'
          else date '2026-04-01'
        end
      end as died,
      count(*) as open_tickets,
      sum(size) as average_size_sum,
      count(size) as average_size_count
    from tickets
    where opened_at < timestamp '2026-03-31 22:00:00'
    group by 1, 2
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-02-01, 1),
      (2026-02-01, 2026-03-01, 1),
      (2026-03-01, 2026-04-01, 1),
      (2026-01-01, 2026-01-01, 2),
      (2026-02-01, 2026-02-01, 2),
      (2026-03-01, 2026-03-01, 2)
    ]'::struct(month date, next date, view bigint)[], recursive := true)
  ) as cells(month, next, view) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select month, null as open_tickets, null as open_tickets_2, null as average_size
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
