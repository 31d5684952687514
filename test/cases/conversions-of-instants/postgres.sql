select
  lead_id::text collate "C" as lead_id,
  coalesce(max(by_instant), 0) as by_instant,
  coalesce(max(in_half_an_hour), 0) as in_half_an_hour,
  coalesce(max(in_24_hours), 0) as in_24_hours,
  coalesce(max(in_a_month), 0) as in_a_month,
  coalesce(max(in_a_month_of_days), 0) as in_a_month_of_days
from (
  select
    lead_id,
    count(*) as by_instant,
    null::bigint as by_instant_rows,
    null::bigint as in_a_month_of_days_rows,
    null::bigint as in_half_an_hour,
    null::bigint as in_24_hours,
    null::bigint as in_a_month,
    null::bigint as in_a_month_of_days
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_at as moment
        from orders
      ) as orders_after
      where orders_after.key_1 = leads.account_id and orders_after.moment >= leads.received_at
    )
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as by_instant,
    count(*) as by_instant_rows,
    count(*) filter (where received_on is not null) as in_a_month_of_days_rows,
    null::bigint as in_half_an_hour,
    null::bigint as in_24_hours,
    null::bigint as in_a_month,
    null::bigint as in_a_month_of_days
  from leads
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as by_instant,
    null::bigint as by_instant_rows,
    null::bigint as in_a_month_of_days_rows,
    count(*) as in_half_an_hour,
    null::bigint as in_24_hours,
    null::bigint as in_a_month,
    null::bigint as in_a_month_of_days
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_at as moment
        from orders
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= leads.received_at
        and orders_after.moment <= leads.received_at + interval '1800 seconds'
    )
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as by_instant,
    null::bigint as by_instant_rows,
    null::bigint as in_a_month_of_days_rows,
    null::bigint as in_half_an_hour,
    count(*) as in_24_hours,
    null::bigint as in_a_month,
    null::bigint as in_a_month_of_days
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_at as moment
        from orders
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= leads.received_at
        and orders_after.moment <= leads.received_at + interval '1 day'
    )
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as by_instant,
    null::bigint as by_instant_rows,
    null::bigint as in_a_month_of_days_rows,
    null::bigint as in_half_an_hour,
    null::bigint as in_24_hours,
    count(*) as in_a_month,
    null::bigint as in_a_month_of_days
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_at as moment
        from orders
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= leads.received_at
        and orders_after.moment <= leads.received_at + interval '1 month'
    )
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as by_instant,
    null::bigint as by_instant_rows,
    null::bigint as in_a_month_of_days_rows,
    null::bigint as in_half_an_hour,
    null::bigint as in_24_hours,
    null::bigint as in_a_month,
    count(*) as in_a_month_of_days
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_on as moment
        from orders
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= leads.received_on
        and orders_after.moment <= (leads.received_on + interval '1 month')::date
    )
    and received_on is not null
  group by lead_id
) as facts
group by lead_id
order by lead_id nulls last
