select
  account,
  coalesce(max(leads_received), 0) as leads_received,
  coalesce(max(converted), 0) as converted,
  coalesce(max(converted), 0) / nullif(max(leads_received), 0) as rate,
  coalesce(max(converted_2), 0) / nullif(max(converted_rows), 0) as south
from (
  select
    leads.account_id as account,
    count(*) as leads_received,
    count(*) filter (where account.region = $1) as converted_rows,
    null as converted,
    null as converted_2
  from leads
  left join accounts as account on account.account_id = leads.account_id
  where (leads.source <> $2 or account.region is null)
    and leads.received_at >= timestamp '2026-01-31 23:00:00'
    and leads.received_at < timestamp '2026-03-31 22:00:00'
  group by leads.account_id
  union all
  select
    leads.account_id as account,
    null as leads_received,
    null as converted_rows,
    count(*) as converted,
    count(*) filter (where account.region = $1) as converted_2
  from leads
  left join accounts as account on account.account_id = leads.account_id
  semi join (
    select account_id as key_1, ordered_on as moment
    from orders
    where ordered_on >= date '2026-02-01'
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
  where (leads.source <> $2 or account.region is null)
    and leads.received_at >= timestamp '2026-01-31 23:00:00'
    and leads.received_at < timestamp '2026-03-31 22:00:00'
  group by leads.account_id
) as facts
group by account
order by account nulls last
-- $1 = "South"
-- $2 = "fair"
