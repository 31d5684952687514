select
  coalesce(sum(atoms.won_revenue) filter (where cells.view = 1), 0) as won_revenue,
  coalesce(sum(atoms.won_revenue) filter (where cells.view = 2), 0) as before,
  coalesce(sum(atoms.won_revenue) filter (where cells.view = 3), 0) as so_far,
  coalesce(sum(atoms.won_revenue) filter (where cells.view = 4), 0) as before_that
from (
  select make_date(year(closed_on), month(closed_on), 1) as atom, sum(amount) as won_revenue
  from deals
  where state = $1 and closed_on < date '2026-04-01'
  group by year(closed_on), month(closed_on)
) as atoms
join (
  select unnest('[
    (2026-03-01, 2026-04-01, 1),
    (2026-02-01, 2026-03-01, 2),
    (-infinity, 2026-04-01, 3),
    (2026-02-01, 2026-03-01, 4)
  ]'::struct("from" date, until date, view bigint)[], recursive := true)
) as cells("from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
-- $1 = "won"
