select
  month,
  coalesce(max(leads_received), 0) as leads_received,
  coalesce(max(converted), 0) as converted
from (
  select
    date_trunc('month', timezone('Europe/Madrid', received_at::timestamptz))::date as month,
    count(*) as leads_received,
    null::bigint as converted
  from leads
  group by 1
  union all
  select
    date_trunc('month', timezone('Europe/Madrid', received_at::timestamptz))::date as month,
    null::bigint as leads_received,
    count(*) as converted
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_on as moment
        from orders
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
    )
  group by 1
) as facts
group by month
order by month nulls last
