select month, coalesce(max(value), 0) as value_ever, max(first_tier) as first_tier
from (
  select cells.month as month, sum(atoms.value) as value, null::text as first_tier
  from (
    select
      date_trunc('month', timezone('Europe/Madrid', orders.placed_at::timestamptz))::date as atom,
      sum(orders.quantity * product.price) as value
    from orders
    left join prices as product on product.product = orders.product
      and product.starts_at <= orders.placed_at
      and (product.ends_at is null or orders.placed_at < product.ends_at)
    where orders.placed_at < timestamp '2026-03-31 22:00:00'
    group by 1
  ) as atoms
  join (
    values
      (date '2026-01-01', date '2026-02-01'),
      ('2026-02-01', '2026-03-01'),
      ('2026-03-01', '2026-04-01')
  ) as cells(month, until) on atoms.atom < cells.until
  group by cells.month
  union all
  select
    case
      when orders.placed_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
      when orders.placed_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
      else date '2026-03-01'
    end as month,
    null::numeric as value,
    (array_agg(product.tier::text
      order by orders.placed_at nulls last,
      orders.order_id::text collate "C" nulls last) filter (where product.tier::text is not null))[1] as first_tier
  from orders
  left join prices as product on product.product = orders.product
    and product.starts_at <= orders.placed_at
    and (product.ends_at is null or orders.placed_at < product.ends_at)
  where orders.placed_at >= timestamp '2025-12-31 23:00:00'
    and orders.placed_at < timestamp '2026-03-31 22:00:00'
  group by 1
  union all
  select month, null::numeric as value, null::text as first_tier
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
