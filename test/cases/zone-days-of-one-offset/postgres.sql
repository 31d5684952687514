select (called_at + interval '3600 seconds')::date as day, count(*) as call_count
from calls
where called_at >= timestamp '2025-12-31 23:00:00' and called_at < timestamp '2026-01-31 23:00:00'
group by 1
order by day nulls last
