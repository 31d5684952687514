select
  month,
  coalesce(max(unpaid_orders), 0) as unpaid_orders,
  coalesce(max(unpaid_value), 0) as unpaid_value,
  coalesce(max(offered_orders), 0) as offered_orders,
  coalesce(max(products), 0) as products,
  coalesce(max(products_started), 0) as products_started
from (
  select
    cells.month as month,
    sum(atoms.unpaid_orders) as unpaid_orders,
    null as unpaid_value,
    null as offered_orders,
    null as products,
    null as products_started
  from (
    select
      case
        when placed_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
        when placed_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
        when placed_at < timestamp '2026-03-31 22:00:00' then date '2026-03-01'
        else date '2026-04-01'
      end as born,
      case
        when paid_at is not null then case
          when paid_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
          when paid_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
          when paid_at < timestamp '2026-03-31 22:00:00' then date '2026-03-01'
          else date '2026-04-01'
        end
      end as died,
      count(*) as unpaid_orders
    from orders
    where placed_at < timestamp '2026-03-31 22:00:00'
    group by 1, 2
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-02-01),
      (2026-02-01, 2026-03-01),
      (2026-03-01, 2026-04-01)
    ]'::struct(month date, next date)[], recursive := true)
  ) as cells(month, next) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null as unpaid_orders,
    sum(orders.quantity * product.price) as unpaid_value,
    null as offered_orders,
    null as products,
    null as products_started
  from orders
  join (
    select unnest('[
      (2026-01-01, 2026-01-31 23:00:00),
      (2026-02-01, 2026-02-28 23:00:00),
      (2026-03-01, 2026-03-31 22:00:00)
    ]'::struct(month date, next_at timestamp)[], recursive := true)
  ) as cells(month, next_at) on orders.placed_at < cells.next_at
    and (orders.paid_at is null or orders.paid_at >= cells.next_at)
  left join prices as product on product.product = orders.product
    and product.starts_at < cells.next_at
    and (product.ends_at is null or product.ends_at >= cells.next_at)
  group by cells.month
  union all
  select
    cells.month as month,
    null as unpaid_orders,
    null as unpaid_value,
    count(*) as offered_orders,
    null as products,
    null as products_started
  from orders
  join (
    select unnest('[
      (2026-01-01, 2026-01-31 23:00:00),
      (2026-02-01, 2026-02-28 23:00:00),
      (2026-03-01, 2026-03-31 22:00:00)
    ]'::struct(month date, next_at timestamp)[], recursive := true)
  ) as cells(month, next_at) on (orders.paid_at is null or orders.paid_at >= cells.next_at)
  left join prices as product on product.product = orders.product
    and product.starts_at < cells.next_at
    and (product.ends_at is null or product.ends_at >= cells.next_at)
  where product.starts_at < cells.next_at
  group by cells.month
  union all
  select
    cells.month as month,
    null as unpaid_orders,
    null as unpaid_value,
    null as offered_orders,
    sum(atoms.products) as products,
    null as products_started
  from (
    select
      case
        when starts_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
        when starts_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
        when starts_at < timestamp '2026-03-31 22:00:00' then date '2026-03-01'
        else date '2026-04-01'
      end as born,
      case
        when ends_at is not null then case
          when ends_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
          when ends_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
          when ends_at < timestamp '2026-03-31 22:00:00' then date '2026-03-01'
          else date '2026-04-01'
        end
      end as died,
      count(*) as products
    from prices
    where starts_at < timestamp '2026-03-31 22:00:00'
    group by 1, 2
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-02-01),
      (2026-02-01, 2026-03-01),
      (2026-03-01, 2026-04-01)
    ]'::struct(month date, next date)[], recursive := true)
  ) as cells(month, next) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null as unpaid_orders,
    null as unpaid_value,
    null as offered_orders,
    null as products,
    count(*) as products_started
  from prices
  join (
    select unnest('[
      (2026-01-01, 2026-01-31 23:00:00, 2025-12-31 23:00:00, 2026-01-31 23:00:00),
      (2026-02-01, 2026-02-28 23:00:00, 2026-01-31 23:00:00, 2026-02-28 23:00:00),
      (2026-03-01, 2026-03-31 22:00:00, 2026-02-28 23:00:00, 2026-03-31 22:00:00)
    ]'::struct(month date, next_at timestamp, from_at timestamp, until_at timestamp)[], recursive := true)
  ) as cells(month, next_at, from_at, until_at) on prices.starts_at < cells.next_at
    and (prices.ends_at is null or prices.ends_at >= cells.next_at)
    and prices.starts_at >= cells.from_at
    and prices.starts_at < cells.until_at
  where prices.starts_at >= timestamp '2025-12-31 23:00:00'
    and prices.starts_at < timestamp '2026-03-31 22:00:00'
  group by cells.month
  union all
  select
    month,
    null as unpaid_orders,
    null as unpaid_value,
    null as offered_orders,
    null as products,
    null as products_started
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
