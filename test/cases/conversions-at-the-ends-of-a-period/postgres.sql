select
  lead_id::text collate "C" as lead_id,
  coalesce(max(in_a_month_of_days), 0) as in_a_month_of_days,
  coalesce(max(in_a_month), 0) as in_a_month,
  coalesce(max(in_2_days), 0) as in_2_days,
  coalesce(max(in_half_an_hour), 0) as in_half_an_hour,
  coalesce(max(ever), 0) as ever
from (
  select
    lead_id,
    count(*) as in_a_month_of_days,
    null::bigint as in_a_month_of_days_rows,
    null::bigint as in_a_month,
    null::bigint as in_a_month_rows,
    null::bigint as in_2_days,
    null::bigint as in_half_an_hour,
    null::bigint as ever
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_on as moment
        from orders
        where ordered_on >= date '2026-03-02' and ordered_on < date '2026-05-02'
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= leads.received_on
        and orders_after.moment <= (leads.received_on + interval '1 month')::date
    )
    and received_on >= date '2026-03-02'
    and received_on < date '2026-03-31'
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as in_a_month_of_days,
    count(*) as in_a_month_of_days_rows,
    null::bigint as in_a_month,
    null::bigint as in_a_month_rows,
    null::bigint as in_2_days,
    null::bigint as in_half_an_hour,
    null::bigint as ever
  from leads
  where received_on >= date '2026-03-02' and received_on < date '2026-03-31'
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as in_a_month_of_days,
    null::bigint as in_a_month_of_days_rows,
    count(*) as in_a_month,
    null::bigint as in_a_month_rows,
    null::bigint as in_2_days,
    null::bigint as in_half_an_hour,
    null::bigint as ever
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_at as moment
        from orders
        where ordered_at >= timestamp '2026-03-01 23:00:00'
          and ordered_at < timestamp '2026-05-01 22:00:00'
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= leads.received_at
        and orders_after.moment <= leads.received_at + interval '1 month'
    )
    and received_at >= timestamp '2026-03-01 23:00:00'
    and received_at < timestamp '2026-03-30 22:00:00'
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as in_a_month_of_days,
    null::bigint as in_a_month_of_days_rows,
    null::bigint as in_a_month,
    count(*) as in_a_month_rows,
    null::bigint as in_2_days,
    null::bigint as in_half_an_hour,
    null::bigint as ever
  from leads
  where received_at >= timestamp '2026-03-01 23:00:00'
    and received_at < timestamp '2026-03-30 22:00:00'
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as in_a_month_of_days,
    null::bigint as in_a_month_of_days_rows,
    null::bigint as in_a_month,
    null::bigint as in_a_month_rows,
    count(*) as in_2_days,
    null::bigint as in_half_an_hour,
    null::bigint as ever
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_at as moment
        from orders
        where ordered_at >= timestamp '2026-03-01 23:00:00'
          and ordered_at < timestamp '2026-04-03 22:00:00'
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= leads.received_at
        and orders_after.moment <= leads.received_at + interval '2 days'
    )
    and received_at >= timestamp '2026-03-01 23:00:00'
    and received_at < timestamp '2026-03-30 22:00:00'
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as in_a_month_of_days,
    null::bigint as in_a_month_of_days_rows,
    null::bigint as in_a_month,
    null::bigint as in_a_month_rows,
    null::bigint as in_2_days,
    count(*) as in_half_an_hour,
    null::bigint as ever
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_at as moment
        from orders
        where ordered_at >= timestamp '2026-03-01 23:00:00'
          and ordered_at < timestamp '2026-04-02 22:00:00'
      ) as orders_after
      where orders_after.key_1 = leads.account_id
        and orders_after.moment >= leads.received_at
        and orders_after.moment <= leads.received_at + interval '1800 seconds'
    )
    and received_at >= timestamp '2026-03-01 23:00:00'
    and received_at < timestamp '2026-03-30 22:00:00'
  group by lead_id
  union all
  select
    lead_id,
    null::bigint as in_a_month_of_days,
    null::bigint as in_a_month_of_days_rows,
    null::bigint as in_a_month,
    null::bigint as in_a_month_rows,
    null::bigint as in_2_days,
    null::bigint as in_half_an_hour,
    count(*) as ever
  from leads
  where exists (
      select 1
      from (
        select account_id as key_1, ordered_at as moment
        from orders
        where ordered_at >= timestamp '2026-03-01 23:00:00'
      ) as orders_after
      where orders_after.key_1 = leads.account_id and orders_after.moment >= leads.received_at
    )
    and received_at >= timestamp '2026-03-01 23:00:00'
    and received_at < timestamp '2026-03-30 22:00:00'
  group by lead_id
) as facts
group by lead_id
order by lead_id nulls last
