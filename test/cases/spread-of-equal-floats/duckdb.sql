select
  site,
  stddev_samp(nullif(level, 'nan'::double)) as spread,
  var_samp(nullif(level, 'nan'::double)) as scatter,
  $1 / nullif(stddev_samp(nullif(level, 'nan'::double)), 0) as steadiness,
  nullif(corr(nullif(level, 'nan'::double), step::double), 'nan'::double) as drift,
  stddev_samp(nullif(level, 'nan'::double)) filter (where step < $2) as early
from readings
group by site
order by site nulls last
-- $1 = "1"
-- $2 = "50"
