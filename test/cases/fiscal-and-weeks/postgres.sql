select fiscal_half, coalesce(max(call_count), 0) as call_count
from (
  select
    (
      date_trunc('year', called_at + interval '-1 month') + extract(quarter from called_at + interval '-1 month')::int / 3 * interval '6 months' + interval '1 month'
    )::date as fiscal_half,
    count(*) as call_count
  from calls
  where called_at >= timestamp '2025-02-01 00:00:00' and called_at < timestamp '2026-02-01 00:00:00'
  group by 1
  union all
  select fiscal_half, null::bigint as call_count
  from (
    select (date '2025-02-01' + step * interval '6 months')::date as fiscal_half from generate_series(0, 1) as steps(step)
  ) as buckets
) as facts
group by fiscal_half
order by fiscal_half nulls last
