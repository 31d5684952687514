select month, coalesce(max(open_deals), 0) as open_deals, coalesce(max(open_deals_2), 0) as at_start
from (
  select cells.month as month, count(*) as open_deals, null as open_deals_2
  from deals
  join (
    values
      (date '2026-01-01', date '2026-02-01'),
      (date '2026-02-01', date '2026-03-01'),
      (date '2026-03-01', date '2026-04-01')
  ) as cells(month, next) on deals.created_on < cells.next
    and (deals.closed_on is null or deals.closed_on >= cells.next)
  group by cells.month
  union all
  select cells.month as month, null as open_deals, count(*) as open_deals_2
  from deals
  join (
    values
      (date '2026-01-01', date '2026-01-01'),
      (date '2026-02-01', date '2026-02-01'),
      (date '2026-03-01', date '2026-03-01')
  ) as cells(month, next) on deals.created_on < cells.next
    and (deals.closed_on is null or deals.closed_on >= cells.next)
  group by cells.month
  union all
  select month, null as open_deals, null as open_deals_2
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
