with orders_facts as (
  select
    product.tier as "product.tier",
    case
      when orders.placed_at < timestamp '2026-02-09 23:00:00' then date '2026-02-09'
      when orders.placed_at < timestamp '2026-02-10 23:00:00' then date '2026-02-10'
      else date '2026-02-11'
    end as day,
    count(*) as large_orders
  from orders
  left join prices as product on product.product = orders.product
    and product.starts_at <= orders.placed_at
    and (product.ends_at is null or orders.placed_at < product.ends_at)
  where orders.quantity > $1
    and orders.placed_at >= timestamp '2026-02-08 23:00:00'
    and orders.placed_at < timestamp '2026-02-11 23:00:00'
  group by product.tier, 2
)
select day, "product.tier", coalesce(max(large_orders), 0) as large_orders
from (
  select "product.tier", day, large_orders
  from orders_facts
  union all
  select groups."product.tier" as "product.tier", buckets.day as day, null as large_orders
  from (
    select distinct "product.tier"
    from orders_facts
  ) as groups
  cross join (
    select date '2026-02-09' + step::int as day from range(3) as steps(step)
  ) as buckets
  union all
  select members."product.tier" as "product.tier", groups.day as day, null as large_orders
  from (
    select date '2026-02-09' + step::int as day from range(3) as steps(step)
  ) as groups
  join (
    select distinct prices.tier as "product.tier", cells.day as day
    from prices
    join (
      select unnest('[
        (2026-02-09, 2026-02-08 23:00:00, 2026-02-09 23:00:00),
        (2026-02-10, 2026-02-09 23:00:00, 2026-02-10 23:00:00),
        (2026-02-11, 2026-02-10 23:00:00, 2026-02-11 23:00:00)
      ]'::struct(day date, from_at timestamp, until_at timestamp)[], recursive := true)
    ) as cells(day, from_at, until_at) on prices.starts_at < cells.until_at
      and (prices.ends_at is null or prices.ends_at > cells.from_at)
  ) as members on (groups.day = members.day or groups.day is null and members.day is null)
) as facts
group by "product.tier", day
order by day nulls last, "product.tier" nulls last
-- $1 = "100"
