select
  orders.account_id as "orders.account_id",
  owner.owner as "owner.owner",
  count(*) as orders_placed
from orders
left join owners as owner on owner.account_id = orders.account_id
  and owner.from_day <= timezone('Europe/Madrid', orders.placed_at::timestamptz)::date
  and (
    owner.until_day is null
    or timezone('Europe/Madrid', orders.placed_at::timestamptz)::date < owner.until_day
  )
group by orders.account_id, owner.owner
order by "orders.account_id" nulls last, "owner.owner" nulls last
