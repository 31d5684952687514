select month, coalesce(max(waiting), 0) as waiting
from (
  select cells.month as month, count(*) as waiting
  from (
    select
      called_on,
      case
        when called_on is not null then lag(called_on) over (
          partition by account_id, called_on is null
          order by called_on, call_id
        )
      end as previous_1
    from calls
  ) as calls
  join (
    values
      (date '2026-01-01', date '2026-02-01'),
      (date '2026-02-01', date '2026-03-01'),
      (date '2026-03-01', date '2026-04-01')
  ) as cells(month, next) on calls.previous_1 < cells.next
    and (calls.called_on is null or calls.called_on >= cells.next)
  group by cells.month
  union all
  select month, null as waiting
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
