select month, coalesce(max(value), 0) as value_ever, max(first_tier) as first_tier
from (
  select cells.month as month, sum(atoms.value) as value, null as first_tier
  from (
    select
      make_date(
        year(timezone('Europe/Madrid', orders.placed_at::timestamptz)),
        month(timezone('Europe/Madrid', orders.placed_at::timestamptz)),
        1
      ) as atom,
      sum(orders.quantity * product.price) as value
    from orders
    left join prices as product on product.product = orders.product
      and product.starts_at <= orders.placed_at
      and (product.ends_at is null or orders.placed_at < product.ends_at)
    where orders.placed_at < timestamp '2026-03-31 22:00:00'
    group by
      year(timezone('Europe/Madrid', orders.placed_at::timestamptz)),
      month(timezone('Europe/Madrid', orders.placed_at::timestamptz))
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-02-01),
      (2026-02-01, 2026-03-01),
      (2026-03-01, 2026-04-01)
    ]'::struct(month date, until date)[], recursive := true)
  ) as cells(month, until) on atoms.atom < cells.until
  group by cells.month
  union all
  select
    case
      when orders.placed_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
      when orders.placed_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
      else date '2026-03-01'
    end as month,
    null as value,
    arg_min(product.tier, (orders.placed_at is null, orders.placed_at, orders.order_id)) filter (where product.tier is not null) as first_tier
  from orders
  left join prices as product on product.product = orders.product
    and product.starts_at <= orders.placed_at
    and (product.ends_at is null or orders.placed_at < product.ends_at)
  where orders.placed_at >= timestamp '2025-12-31 23:00:00'
    and orders.placed_at < timestamp '2026-03-31 22:00:00'
  group by 1
  union all
  select month, null as value, null as first_tier
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
