select month, coalesce(max(open_deals), 0) as open_deals, coalesce(max(open_deals_2), 0) as at_start
from (
  select
    cells.month as month,
    sum(atoms.open_deals) filter (where cells.view = 1) as open_deals,
    sum(atoms.open_deals) filter (where cells.view = 2) as open_deals_2
  from (
    select
      make_date(year(created_on), month(created_on), 1) as born,
      make_date(year(closed_on), month(closed_on), 1) as died,
      count(*) as open_deals
    from deals
    where created_on < date '2026-04-01'
    group by year(created_on), month(created_on), year(closed_on), month(closed_on)
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
  select month, null as open_deals, null as open_deals_2
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
