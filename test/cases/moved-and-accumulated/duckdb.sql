select
  month,
  coalesce(max(won_revenue), 0) as won_revenue,
  coalesce(max(won_revenue_2), 0) as before,
  coalesce(max(won_revenue_3), 0) as in_quarter,
  coalesce(max(won_revenue_4), 0) as so_far,
  coalesce(max(won_revenue_5), 0) as two_months
from (
  select
    cells.month as month,
    sum(atoms.won_revenue) filter (where cells.view = 1) as won_revenue,
    sum(atoms.won_revenue) filter (where cells.view = 2) as won_revenue_2,
    sum(atoms.won_revenue) filter (where cells.view = 3) as won_revenue_3,
    sum(atoms.won_revenue) filter (where cells.view = 4) as won_revenue_4,
    sum(atoms.won_revenue) filter (where cells.view = 5) as won_revenue_5
  from (
    select make_date(year(closed_on), month(closed_on), 1) as atom, sum(amount) as won_revenue
    from deals
    where state = $1 and closed_on < date '2026-04-01'
    group by year(closed_on), month(closed_on)
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-01-01, 2026-02-01, 1),
      (2026-02-01, 2026-02-01, 2026-03-01, 1),
      (2026-03-01, 2026-03-01, 2026-04-01, 1),
      (2026-01-01, 2025-12-01, 2026-01-01, 2),
      (2026-02-01, 2026-01-01, 2026-02-01, 2),
      (2026-03-01, 2026-02-01, 2026-03-01, 2),
      (2026-01-01, 2026-01-01, 2026-02-01, 3),
      (2026-02-01, 2026-01-01, 2026-03-01, 3),
      (2026-03-01, 2026-01-01, 2026-04-01, 3),
      (2026-01-01, -infinity, 2026-02-01, 4),
      (2026-02-01, -infinity, 2026-03-01, 4),
      (2026-03-01, -infinity, 2026-04-01, 4),
      (2026-01-01, 2025-12-01, 2026-02-01, 5),
      (2026-02-01, 2026-01-01, 2026-03-01, 5),
      (2026-03-01, 2026-02-01, 2026-04-01, 5)
    ]'::struct(month date, "from" date, until date, view bigint)[], recursive := true)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    month,
    null as won_revenue,
    null as won_revenue_2,
    null as won_revenue_3,
    null as won_revenue_4,
    null as won_revenue_5
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "won"
