select
  date_trunc('week', timezone('Europe/Madrid', called_at::timestamptz))::date as week,
  count(*) as call_count,
  coalesce(sum(extract(isodow from timezone('Europe/Madrid', called_at::timestamptz))::int), 0) as weekday_sum
from calls
group by 1
order by week nulls last
