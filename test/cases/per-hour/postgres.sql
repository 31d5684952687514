select
  day,
  max(busiest_hour) as busiest_hour,
  max(calls_per_hour) as calls_per_hour,
  max(last_hour) as last_hour
from (
  select
    day,
    max(busiest_hour) as busiest_hour,
    avg(busiest_hour)::double precision as calls_per_hour,
    (array_agg(busiest_hour order by hour desc nulls last) filter (where busiest_hour is not null))[1] as last_hour
  from (
    select
      case
        when called_at < timestamp '2026-03-29 22:00:00' then date '2026-03-29'
        else date '2026-03-30'
      end as day,
      date_trunc('hour', called_at) as hour,
      count(*) as busiest_hour
    from calls
    where called_at >= timestamp '2026-03-28 23:00:00'
      and called_at < timestamp '2026-03-30 22:00:00'
    group by 1, 2
  ) as rows
  group by day
  union all
  select
    day,
    null::bigint as busiest_hour,
    null::double precision as calls_per_hour,
    null::bigint as last_hour
  from (
    select date '2026-03-29' + step as day from generate_series(0, 1) as steps(step)
  ) as buckets
) as facts
group by day
order by day nulls last
