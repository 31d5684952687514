select date_trunc('hour', called_at) as hour, count(*) as call_count
from calls
where called_at >= timestamp '2026-03-28 23:00:00' and called_at < timestamp '2026-03-29 22:00:00'
group by 1
order by hour nulls last
