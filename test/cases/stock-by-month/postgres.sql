select month, coalesce(max(open_deals), 0) as open_deals, coalesce(max(open_deals_2), 0) as at_start
from (
  select
    cells.month as month,
    sum(atoms.open_deals) filter (where cells.view = 1) as open_deals,
    sum(atoms.open_deals) filter (where cells.view = 2) as open_deals_2
  from (
    select
      date_trunc('month', created_on::timestamp)::date as born,
      date_trunc('month', closed_on::timestamp)::date as died,
      count(*) as open_deals
    from deals
    where created_on < date '2026-04-01'
    group by 1, 2
  ) as atoms
  join (
    values
      (date '2026-01-01', date '2026-02-01', 1),
      ('2026-02-01', '2026-03-01', 1),
      ('2026-03-01', '2026-04-01', 1),
      ('2026-01-01', '2026-01-01', 2),
      ('2026-02-01', '2026-02-01', 2),
      ('2026-03-01', '2026-03-01', 2)
  ) as cells(month, next, view) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select month, null::bigint as open_deals, null::bigint as open_deals_2
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
