select
  orders.product::text collate "C" as product,
  product.tier::text collate "C" as "product.tier",
  count(*) as orders_placed,
  coalesce(sum(orders.quantity * product.price), 0) as value
from orders
left join prices as product on product.product = orders.product
  and product.starts_at <= orders.placed_at
  and (product.ends_at is null or orders.placed_at < product.ends_at)
group by orders.product, product.tier
order by product nulls last, "product.tier" nulls last
