select month, coalesce(max(waiting), 0) as waiting
from (
  select cells.month as month, sum(atoms.waiting) as waiting
  from (
    select
      date_trunc('month', previous_1::timestamp)::date as born,
      date_trunc('month', called_on::timestamp)::date as died,
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
    group by 1, 2
  ) as atoms
  join (
    values
      (date '2026-01-01', date '2026-02-01'),
      ('2026-02-01', '2026-03-01'),
      ('2026-03-01', '2026-04-01')
  ) as cells(month, next) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select month, null::bigint as waiting
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
