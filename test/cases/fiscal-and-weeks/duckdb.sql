select fiscal_half, coalesce(max(call_count), 0) as call_count
from (
  select
    make_date(
      ((year(called_at) * 12 + (month(called_at) - 2)) // 6 * 6 + 1) // 12,
      ((year(called_at) * 12 + (month(called_at) - 2)) // 6 * 6 + 1) % 12 + 1,
      1
    ) as fiscal_half,
    count(*) as call_count
  from calls
  where called_at >= timestamp '2025-02-01 00:00:00' and called_at < timestamp '2026-02-01 00:00:00'
  group by (year(called_at) * 12 + (month(called_at) - 2)) // 6
  union all
  select fiscal_half, null as call_count
  from (
    select (date '2025-02-01' + to_months((step * 6)::int))::date as fiscal_half from range(2) as steps(step)
  ) as buckets
) as facts
group by fiscal_half
order by fiscal_half nulls last
