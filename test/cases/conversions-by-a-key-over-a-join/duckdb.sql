select
  lead_id,
  coalesce(max(in_the_region), 0) as in_the_region,
  coalesce(max(in_both), 0) as in_both
from (
  select
    leads.lead_id as lead_id,
    count(*) as in_the_region,
    null as in_the_region_rows,
    null as in_both
  from leads
  left join accounts as account on account.account_id = leads.account_id
  semi join (
    select account.region as key_1, orders.ordered_on as moment
    from orders
    left join accounts as account on account.account_id = orders.account_id
  ) as orders_after on orders_after.key_1 = account.region
    and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
    and orders_after.moment <= timezone('Europe/Madrid', leads.received_at::timestamptz)::date + 5
  group by leads.lead_id
  union all
  select lead_id, null as in_the_region, count(*) as in_the_region_rows, null as in_both
  from leads
  group by lead_id
  union all
  select
    leads.lead_id as lead_id,
    null as in_the_region,
    null as in_the_region_rows,
    count(*) as in_both
  from leads
  left join accounts as account on account.account_id = leads.account_id
  semi join (
    select orders.account_id as key_1, account.region as key_2, orders.ordered_on as moment
    from orders
    left join accounts as account on account.account_id = orders.account_id
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.key_2 = account.region
    and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
  group by leads.lead_id
) as facts
group by lead_id
order by lead_id nulls last
