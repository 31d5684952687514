select month, coalesce(max(deal_count), 0) as deal_count, coalesce(max(fresh), 0) as fresh
from (
  select
    make_date(year(closed_on), month(closed_on), 1) as month,
    count(*) as deal_count,
    null as fresh
  from deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by year(closed_on), month(closed_on)
  union all
  select cells.month as month, null as deal_count, count(*) as fresh
  from deals
  join (
    select unnest('[
      (2026-01-01, 2026-01-01, 2026-01-01, 2026-02-01),
      (2026-02-01, 2026-02-01, 2026-02-01, 2026-03-01),
      (2026-03-01, 2026-03-01, 2026-03-01, 2026-04-01)
    ]'::struct(month date, period_start date, "from" date, until date)[], recursive := true)
  ) as cells(month, period_start, "from", until) on deals.closed_on >= cells."from"
    and deals.closed_on < cells.until
  where deals.created_on >= cells.period_start
    and deals.closed_on >= date '2026-01-01'
    and deals.closed_on < date '2026-04-01'
  group by cells.month
  union all
  select month, null as deal_count, null as fresh
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
