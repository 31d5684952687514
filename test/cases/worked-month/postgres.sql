select
  month,
  coalesce(max(won_revenue), 0) as won_revenue,
  coalesce(max(win_rate), 0)::double precision / nullif(max(win_rate_2), 0) as win_rate
from (
  select
    date_trunc('month', closed_on::timestamp)::date as month,
    sum(amount) filter (where state = $1) as won_revenue,
    count(*) filter (where state = $1) as win_rate,
    count(*) filter (where state in ($1, $2)) as win_rate_2
  from deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by 1
  having count(*) filter (where state = $1) > 0 or count(*) filter (where state in ($1, $2)) > 0
  union all
  select month, null::numeric as won_revenue, null::bigint as win_rate, null::bigint as win_rate_2
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "won"
-- $2 = "lost"
