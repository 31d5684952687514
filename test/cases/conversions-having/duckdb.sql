select "leads.source", coalesce(max(leads_received), 0) as leads_received
from (
  select source as "leads.source", count(*) as leads_received, null as converted, true as "present?"
  from leads
  group by source
  union all
  select
    leads.source as "leads.source",
    null as leads_received,
    count(*) as converted,
    false as "present?"
  from leads
  semi join (
    select account_id as key_1, ordered_on as moment
    from orders
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
  group by leads.source
) as facts
group by "leads.source"
having bool_or("present?")
  and (
    coalesce(max(converted), 0) / nullif(max(leads_received), 0) < $1
    and coalesce(max(converted), 0) > $1
  )
order by "leads.source" nulls last
-- $1 = "1"
