select
  "leads.source"::text collate "C" as "leads.source",
  coalesce(max(leads_received), 0) as leads_received
from (
  select
    source as "leads.source",
    count(*) as leads_received,
    null::bigint as converted,
    true as "present?"
  from leads
  group by source
  union all
  select
    source as "leads.source",
    null::bigint as leads_received,
    count(*) as converted,
    false as "present?"
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
  group by source
) as facts
group by "leads.source"
having bool_or("present?")
  and (
    coalesce(max(converted), 0)::double precision / nullif(max(leads_received), 0) < $1::bigint
    and coalesce(max(converted), 0) > $1::bigint
  )
order by "leads.source" nulls last
-- $1 = "1"
