select
  coalesce(
    sum(amount) filter (where closed_on >= date '2026-03-01' and closed_on < date '2026-04-01'),
    0
  ) as won_revenue,
  coalesce(
    sum(amount) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-03-01'),
    0
  ) as before,
  coalesce(sum(amount) filter (where closed_on < date '2026-04-01'), 0) as so_far,
  coalesce(
    sum(amount) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-03-01'),
    0
  ) as before_that
from deals
where state = $1 and closed_on < date '2026-04-01'
-- $1 = "won"
