select
  month,
  coalesce(max(revenue), 0) as revenue,
  max(average) as average,
  coalesce(max(revenue_2), 0) as a_month,
  coalesce(max(revenue_3), 0) as in_month,
  max(average_2) as average_before
from (
  select
    cells.month as month,
    sum(atoms.revenue) filter (where cells.view = 1) as revenue,
    sum(atoms.revenue) filter (where cells.view = 1) / nullif(
      sum(atoms.average_count) filter (where cells.view = 1),
      0
    ) as average,
    sum(atoms.revenue) filter (where cells.view = 2) as revenue_2,
    sum(atoms.revenue) filter (where cells.view = 3) as revenue_3,
    sum(atoms.revenue) filter (where cells.view = 4) / nullif(
      sum(atoms.average_count) filter (where cells.view = 4),
      0
    ) as average_2
  from (
    select made_on as atom, sum(amount) as revenue, count(amount) as average_count
    from sales
    where made_on >= date '2025-12-15' and made_on < date '2026-04-01'
    group by made_on
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-01-15, 2026-02-01, 1),
      (2026-02-01, 2026-02-01, 2026-03-01, 1),
      (2026-03-01, 2026-03-01, 2026-04-01, 1),
      (2026-01-01, 2026-01-01, 2026-02-01, 2),
      (2026-02-01, 2026-02-01, 2026-03-01, 2),
      (2026-03-01, 2026-02-11, 2026-03-11, 2),
      (2026-01-01, 2026-01-01, 2026-02-01, 3),
      (2026-02-01, 2026-02-01, 2026-03-01, 3),
      (2026-03-01, 2026-03-01, 2026-04-01, 3),
      (2026-01-01, 2025-12-15, 2026-01-01, 4),
      (2026-02-01, 2026-01-01, 2026-02-01, 4),
      (2026-03-01, 2026-02-01, 2026-03-01, 4)
    ]'::struct(month date, "from" date, until date, view bigint)[], recursive := true)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    month,
    null as revenue,
    null as average,
    null as revenue_2,
    null as revenue_3,
    null as average_2
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
