select
  coalesce(amount, 0) as amount,
  largest,
  coalesce(views, 0) as views,
  most_views,
  median_amount,
  top_decile,
  known_ratios,
  coalesce(amount, 0) * $1 as scaled,
  coalesce(amount, 0) / nullif(coalesce(views, 0) - coalesce(views, 0), 0) as safe,
  case when coalesce(views, 0) - coalesce(views, 0) - $2 >= 0 then sqrt(
    coalesce(views, 0) - coalesce(views, 0) - $2
  ) end as root
from (
  select
    sum(amount) as amount,
    max(amount) as largest,
    sum(views) as views,
    max(views) as most_views,
    median(amount::double) as median_amount,
    quantile_cont(amount::double, 0.9) as top_decile,
    count(nullif(ratio, 'nan'::double)) as known_ratios
  from entries
) as groups
-- $1 = "0.1"
-- $2 = "1"
