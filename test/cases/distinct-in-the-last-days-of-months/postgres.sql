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
            extract(year from made_on)::int * 12 + extract(month from made_on)::int - 24313 + case
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
    values
      (date '2026-01-01', 2),
      ('2026-02-01', 8),
      ('2026-03-01', 32)
  ) as cells(month, mask) on masks.mask & cells.mask <> 0
  group by cells.month
  union all
  select month, null::bigint as customers
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
