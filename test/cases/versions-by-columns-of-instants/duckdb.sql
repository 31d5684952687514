select
  orders.product as product,
  shipped.tier as "shipped.tier",
  paid.tier as "paid.tier",
  count(*) as orders_placed,
  coalesce(sum(orders.quantity * paid.price), 0) as value_paid
from orders
left join prices as paid on paid.product = orders.product
  and paid.starts_at <= orders.paid_at
  and (paid.ends_at is null or orders.paid_at < paid.ends_at)
left join prices as shipped on shipped.product = orders.product
  and timezone('Europe/Madrid', shipped.starts_at::timestamptz)::date <= orders.shipped_on
  and (
    shipped.ends_at is null
    or orders.shipped_on < timezone('Europe/Madrid', shipped.ends_at::timestamptz)::date
  )
group by orders.product, shipped.tier, paid.tier
order by product nulls last, "shipped.tier" nulls last, "paid.tier" nulls last
