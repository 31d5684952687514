select
  date_trunc('month', closed_on::timestamp)::date as month,
  coalesce(sum(amount), 0) as won_revenue
from deals
where state = $1 and closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
group by 1
order by month nulls last
-- $1 = "won"
