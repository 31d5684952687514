select
  coalesce(amount, 0) as amount,
  largest,
  coalesce(views, 0) as views,
  most_views,
  median_amount,
  top_decile,
  known_ratios,
  coalesce(amount, 0) * $1::numeric as scaled,
  coalesce(amount, 0)::double precision / nullif(coalesce(views, 0) - coalesce(views, 0), 0) as safe,
  case when coalesce(views, 0) - coalesce(views, 0) - $2::bigint >= 0 then sqrt(
    (coalesce(views, 0) - coalesce(views, 0) - $2::bigint)::double precision
  ) end as root
from (
  select
    sum(amount) as amount,
    max(amount) as largest,
    sum(views) as views,
    max(views) as most_views,
    percentile_cont(0.5) within group (order by amount) as median_amount,
    percentile_cont(0.9) within group (order by amount) as top_decile,
    count(nullif(ratio::double precision, 'NaN')) as known_ratios
  from entries
) as groups
-- $1 = "0.1"
-- $2 = "1"
