select
  make_date(year(closed_on), month(closed_on), 1) as month,
  coalesce(sum(amount), 0) as won_revenue
from deals
where state = $1 and closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
group by year(closed_on), month(closed_on)
order by month nulls last
-- $1 = "won"
