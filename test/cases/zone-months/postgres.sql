select month, coalesce(max(call_count), 0) as call_count
from (
  select
    case
      when called_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
      when called_at < timestamp '2026-03-31 22:00:00' then date '2026-03-01'
      else date '2026-04-01'
    end as month,
    count(*) as call_count
  from calls
  where called_at >= timestamp '2026-01-31 23:00:00' and called_at < timestamp '2026-04-30 22:00:00'
  group by 1
  union all
  select month, null::bigint as call_count
  from (
    select (date '2026-02-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
