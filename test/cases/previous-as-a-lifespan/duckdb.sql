select month, coalesce(max(waiting), 0) as waiting
from (
  select cells.month as month, sum(atoms.waiting) as waiting
  from (
    select
      make_date(year(previous_1), month(previous_1), 1) as born,
      make_date(year(called_on), month(called_on), 1) as died,
      count(*) as waiting
    from (
      select
        called_on,
        case
          when called_on is not null then lag(called_on) over (
            partition by account_id, called_on is null
            order by called_on, call_id
          )
        end as previous_1
      from calls
    ) as calls
    where previous_1 < date '2026-04-01'
    group by year(previous_1), month(previous_1), year(called_on), month(called_on)
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
  union all
  select month, null as waiting
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
