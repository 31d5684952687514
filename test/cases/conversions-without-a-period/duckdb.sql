select
  month,
  coalesce(max(leads_received), 0) as leads_received,
  coalesce(max(converted), 0) as converted
from (
  select
    make_date(
      year(timezone('Europe/Madrid', received_at::timestamptz)),
      month(timezone('Europe/Madrid', received_at::timestamptz)),
      1
    ) as month,
    count(*) as leads_received,
    null as converted
  from leads
  group by
    year(timezone('Europe/Madrid', received_at::timestamptz)),
    month(timezone('Europe/Madrid', received_at::timestamptz))
  union all
  select
    make_date(
      year(timezone('Europe/Madrid', leads.received_at::timestamptz)),
      month(timezone('Europe/Madrid', leads.received_at::timestamptz)),
      1
    ) as month,
    null as leads_received,
    count(*) as converted
  from leads
  semi join (
    select account_id as key_1, ordered_on as moment
    from orders
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
  group by
    year(timezone('Europe/Madrid', leads.received_at::timestamptz)),
    month(timezone('Europe/Madrid', leads.received_at::timestamptz))
) as facts
group by month
order by month nulls last
