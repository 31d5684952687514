select
  min(reading) as lowest,
  max(reading) as highest,
  coalesce(sum(reading), 0) as all_of_them,
  max(round(reading, $1::bigint::int)) as tens,
  coalesce(sum(reading), 0) as "least"
from counters
-- $1 = "-1"
