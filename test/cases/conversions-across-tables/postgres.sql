select
  lead_id::text collate "C" as lead_id,
  coalesce(max(converted), 0) as converted,
  coalesce(max(in_a_week), 0) as in_a_week,
  coalesce(max(that_day), 0) as that_day,
  coalesce(max(web_to_new), 0) as web_to_new
from (
  select
    lead_id,
    count(*) as converted,
    null::bigint as converted_rows,
    null::bigint as web_to_new_rows,
    null::bigint as in_a_week,
    null::bigint as that_day,
    null::bigint as web_to_new
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
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as converted,
    count(*) as converted_rows,
    count(*) filter (where source = $1) as web_to_new_rows,
    null::bigint as in_a_week,
    null::bigint as that_day,
    null::bigint as web_to_new
  from leads
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as converted,
    null::bigint as converted_rows,
    null::bigint as web_to_new_rows,
    count(*) as in_a_week,
    null::bigint as that_day,
    null::bigint as web_to_new
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_on as moment
        from orders
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
        and orders_after.moment <= timezone('Europe/Madrid', leads.received_at::timestamptz)::date + 7
    )
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as converted,
    null::bigint as converted_rows,
    null::bigint as web_to_new_rows,
    null::bigint as in_a_week,
    count(*) as that_day,
    null::bigint as web_to_new
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_on as moment
        from orders
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
        and orders_after.moment <= timezone('Europe/Madrid', leads.received_at::timestamptz)::date + 0
    )
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as converted,
    null::bigint as converted_rows,
    null::bigint as web_to_new_rows,
    null::bigint as in_a_week,
    null::bigint as that_day,
    count(*) as web_to_new
  from leads
  where source = $1
    and exists (
      select 1
      from (
        select account_id as key_1, ordered_on as moment
        from orders
        where kind = $2
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
    )
  group by lead_id
) as facts
group by lead_id
order by lead_id nulls last
-- $1 = "web"
-- $2 = "new"
