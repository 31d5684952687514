select
  orders.product::text collate "C" as product,
  product.tier::text collate "C" as "product.tier",
  coalesce(sum(orders.quantity * product.price), 0) as value_shipped
from orders
left join prices as product on product.product = orders.product
  and timezone('Europe/Madrid', product.starts_at::timestamptz)::date <= orders.shipped_on
  and (
    product.ends_at is null
    or orders.shipped_on < timezone('Europe/Madrid', product.ends_at::timestamptz)::date
  )
where orders.shipped_on is not null
group by orders.product, product.tier
order by product nulls last, "product.tier" nulls last
