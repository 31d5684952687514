select hour, coalesce(max(call_count), 0) as call_count
from (
  select date_trunc('hour', called_at) as hour, count(*) as call_count
  from calls
  where called_at >= timestamp '2026-03-28 23:00:00' and called_at < timestamp '2026-03-29 22:00:00'
  group by 1
  union all
  select hour, null::bigint as call_count
  from (
    select timestamp '2026-03-28 23:00:00' + step * interval '1 hour' as hour from generate_series(0, 22) as steps(step)
  ) as buckets
) as facts
group by hour
order by hour nulls last
