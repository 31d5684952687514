select
  min(reading) as lowest,
  max(reading) as highest,
  coalesce(sum(round(reading)), 0) as all_of_them,
  max(round(reading, $1::int)) as tens,
  coalesce(sum(reading), 0) as least
from counters
-- $1 = "-1"
