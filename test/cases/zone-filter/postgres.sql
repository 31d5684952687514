select
  timezone('Europe/Madrid', called_at::timestamptz)::date as "calls.day",
  count(*) as call_count
from calls
where called_at >= timestamp '2026-03-28 23:00:00' and called_at < timestamp '2026-03-30 22:00:00'
group by 1
order by "calls.day" nulls last
