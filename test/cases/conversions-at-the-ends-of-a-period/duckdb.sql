select
  lead_id,
  coalesce(max(in_a_month_of_days), 0) as in_a_month_of_days,
  coalesce(max(in_a_month), 0) as in_a_month,
  coalesce(max(in_2_days), 0) as in_2_days,
  coalesce(max(in_half_an_hour), 0) as in_half_an_hour,
  coalesce(max(ever), 0) as ever
from (
  select
    leads.lead_id as lead_id,
    count(*) as in_a_month_of_days,
    null as in_a_month_of_days_rows,
    null as in_a_month,
    null as in_a_month_rows,
    null as in_2_days,
    null as in_half_an_hour,
    null as ever
  from leads
  semi join (
    select account_id as key_1, ordered_on as moment
    from orders
    where ordered_on >= date '2026-03-02' and ordered_on < date '2026-05-02'
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= leads.received_on
    and orders_after.moment <= (leads.received_on + to_months(1))::date
  where leads.received_on >= date '2026-03-02' and leads.received_on < date '2026-03-31'
  group by leads.lead_id
  union all
  select
    lead_id,
    null as in_a_month_of_days,
    count(*) as in_a_month_of_days_rows,
    null as in_a_month,
    null as in_a_month_rows,
    null as in_2_days,
    null as in_half_an_hour,
    null as ever
  from leads
  where received_on >= date '2026-03-02' and received_on < date '2026-03-31'
  group by lead_id
  union all
  select
    leads.lead_id as lead_id,
    null as in_a_month_of_days,
    null as in_a_month_of_days_rows,
    count(*) as in_a_month,
    null as in_a_month_rows,
    null as in_2_days,
    null as in_half_an_hour,
    null as ever
  from leads
  semi join (
    select account_id as key_1, ordered_at as moment
    from orders
    where ordered_at >= timestamp '2026-03-01 23:00:00'
      and ordered_at < timestamp '2026-05-01 22:00:00'
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= leads.received_at
    and orders_after.moment <= leads.received_at + to_months(1)
  where leads.received_at >= timestamp '2026-03-01 23:00:00'
    and leads.received_at < timestamp '2026-03-30 22:00:00'
  group by leads.lead_id
  union all
  select
    lead_id,
    null as in_a_month_of_days,
    null as in_a_month_of_days_rows,
    null as in_a_month,
    count(*) as in_a_month_rows,
    null as in_2_days,
    null as in_half_an_hour,
    null as ever
  from leads
  where received_at >= timestamp '2026-03-01 23:00:00'
    and received_at < timestamp '2026-03-30 22:00:00'
  group by lead_id
  union all
  select
    leads.lead_id as lead_id,
    null as in_a_month_of_days,
    null as in_a_month_of_days_rows,
    null as in_a_month,
    null as in_a_month_rows,
    count(*) as in_2_days,
    null as in_half_an_hour,
    null as ever
  from leads
  semi join (
    select account_id as key_1, ordered_at as moment
    from orders
    where ordered_at >= timestamp '2026-03-01 23:00:00'
      and ordered_at < timestamp '2026-04-03 22:00:00'
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= leads.received_at
    and orders_after.moment <= leads.received_at + to_days(2)
  where leads.received_at >= timestamp '2026-03-01 23:00:00'
    and leads.received_at < timestamp '2026-03-30 22:00:00'
  group by leads.lead_id
  union all
  select
    leads.lead_id as lead_id,
    null as in_a_month_of_days,
    null as in_a_month_of_days_rows,
    null as in_a_month,
    null as in_a_month_rows,
    null as in_2_days,
    count(*) as in_half_an_hour,
    null as ever
  from leads
  semi join (
    select account_id as key_1, ordered_at as moment
    from orders
    where ordered_at >= timestamp '2026-03-01 23:00:00'
      and ordered_at < timestamp '2026-04-02 22:00:00'
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= leads.received_at
    and orders_after.moment <= leads.received_at + to_seconds(1800)
  where leads.received_at >= timestamp '2026-03-01 23:00:00'
    and leads.received_at < timestamp '2026-03-30 22:00:00'
  group by leads.lead_id
  union all
  select
    leads.lead_id as lead_id,
    null as in_a_month_of_days,
    null as in_a_month_of_days_rows,
    null as in_a_month,
    null as in_a_month_rows,
    null as in_2_days,
    null as in_half_an_hour,
    count(*) as ever
  from leads
  semi join (
    select account_id as key_1, ordered_at as moment
    from orders
    where ordered_at >= timestamp '2026-03-01 23:00:00'
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= leads.received_at
  where leads.received_at >= timestamp '2026-03-01 23:00:00'
    and leads.received_at < timestamp '2026-03-30 22:00:00'
  group by leads.lead_id
) as facts
group by lead_id
order by lead_id nulls last
