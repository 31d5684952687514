select month, coalesce(max(deal_count), 0) as deal_count, coalesce(max(fresh), 0) as fresh
from (
  select
    date_trunc('month', closed_on::timestamp)::date as month,
    count(*) as deal_count,
    null::bigint as fresh
  from deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by 1
  union all
  select cells.month as month, null::bigint as deal_count, count(*) as fresh
  from deals
  join (
    values
      (date '2026-01-01', date '2026-01-01', date '2026-01-01', date '2026-02-01'),
      ('2026-02-01', '2026-02-01', '2026-02-01', '2026-03-01'),
      ('2026-03-01', '2026-03-01', '2026-03-01', '2026-04-01')
  ) as cells(month, period_start, "from", until) on deals.closed_on >= cells."from"
    and deals.closed_on < cells.until
  where deals.created_on >= cells.period_start
    and deals.closed_on >= date '2026-01-01'
    and deals.closed_on < date '2026-04-01'
  group by cells.month
  union all
  select month, null::bigint as deal_count, null::bigint as fresh
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
