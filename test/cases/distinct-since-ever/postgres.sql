select month, coalesce(max(customers), 0) as so_far
from (
  select cells.month as month, sum(masks.customers) as customers
  from (
    select mask, count(key) as customers
    from (
      select
        customer as key,
        bit_or(
          1::bigint << greatest(
            0,
            extract(year from made_on)::int * 12 + extract(month from made_on)::int - 24314 + 1
          )::int
        ) as mask
      from visits
      where made_on < date '2026-04-01'
      group by customer
    ) as rows
    group by mask
  ) as masks
  join (
    values
      (date '2026-01-01', 1),
      ('2026-02-01', 3),
      ('2026-03-01', 7)
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
