select
  rep::text collate "C" as rep,
  coalesce(
    sum(amount) filter (where closed_on >= date '2026-03-01' and closed_on < date '2026-04-01'),
    0
  ) as won_revenue,
  coalesce(
    sum(amount) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-03-01'),
    0
  ) as "won_revenue.prior",
  coalesce(
    sum(amount) filter (where closed_on >= date '2026-03-01' and closed_on < date '2026-04-01'),
    0
  ) - coalesce(
    sum(amount) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-03-01'),
    0
  ) as "won_revenue.change"
from deals
where state = $1 and closed_on >= date '2026-02-01' and closed_on < date '2026-04-01'
group by rep
having count(*) filter (where closed_on >= date '2026-03-01' and closed_on < date '2026-04-01') > 0
  or count(*) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-03-01') > 0
order by "won_revenue.change" desc nulls last, rep nulls last
-- $1 = "won"
