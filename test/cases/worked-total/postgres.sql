select
  count(*) filter (where state = $1)::double precision / nullif(
    count(*) filter (where state in ($1, $2)),
    0
  ) as win_rate,
  coalesce(sum(amount) filter (where state = $1), 0) as won_revenue
from deals
where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
-- $1 = "won"
-- $2 = "lost"
