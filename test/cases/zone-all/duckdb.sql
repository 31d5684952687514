select
  timezone('Europe/Madrid', called_at::timestamptz)::date - (
    isodow(timezone('Europe/Madrid', called_at::timestamptz)::date) - 1
  )::int as week,
  count(*) as call_count,
  coalesce(sum(isodow(timezone('Europe/Madrid', called_at::timestamptz))), 0) as weekday_sum
from calls
group by 1
order by week nulls last
