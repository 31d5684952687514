select month, coalesce(max(customers), 0) as ten_days
from (
  select cells.month as month, sum(masks.customers) as customers
  from (
    select mask, count(key) as customers
    from (
      select
        customer as key,
        bit_or(
          1::bigint << (
            year(made_on) * 12 + month(made_on) - 24313 + case
              when made_on >= date '2026-03-22' then 3
              when made_on >= date '2026-02-19' then 2
              when made_on >= date '2026-01-22' then 1
              else 0
            end
          )::int
        ) as mask
      from visits
      where made_on >= date '2026-01-22' and made_on < date '2026-04-01'
      group by customer
    ) as rows
    group by mask
  ) as masks
  join (
    select unnest('[
      (2026-01-01, 2),
      (2026-02-01, 8),
      (2026-03-01, 32)
    ]'::struct(month date, mask bigint)[], recursive := true)
  ) as cells(month, mask) on masks.mask & cells.mask <> 0
  group by cells.month
  union all
  select month, null as customers
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
