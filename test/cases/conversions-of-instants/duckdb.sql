select
  lead_id,
  coalesce(max(by_instant), 0) as by_instant,
  coalesce(max(in_half_an_hour), 0) as in_half_an_hour,
  coalesce(max(in_24_hours), 0) as in_24_hours,
  coalesce(max(in_a_month), 0) as in_a_month,
  coalesce(max(in_a_month_of_days), 0) as in_a_month_of_days
from (
  select
    leads.lead_id as lead_id,
    count(*) as by_instant,
    null as by_instant_rows,
    null as in_a_month_of_days_rows,
    null as in_half_an_hour,
    null as in_24_hours,
    null as in_a_month,
    null as in_a_month_of_days
  from leads
  semi join (
    select account_id as key_1, ordered_at as moment
    from orders
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= leads.received_at
  group by leads.lead_id
  union all
  select
    lead_id,
    null as by_instant,
    count(*) as by_instant_rows,
    count(*) filter (where received_on is not null) as in_a_month_of_days_rows,
    null as in_half_an_hour,
    null as in_24_hours,
    null as in_a_month,
    null as in_a_month_of_days
  from leads
  group by lead_id
  union all
  select
    leads.lead_id as lead_id,
    null as by_instant,
    null as by_instant_rows,
    null as in_a_month_of_days_rows,
    count(*) as in_half_an_hour,
    null as in_24_hours,
    null as in_a_month,
    null as in_a_month_of_days
  from leads
  semi join (
    select account_id as key_1, ordered_at as moment
    from orders
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= leads.received_at
    and orders_after.moment <= leads.received_at + to_seconds(1800)
  group by leads.lead_id
  union all
  select
    leads.lead_id as lead_id,
    null as by_instant,
    null as by_instant_rows,
    null as in_a_month_of_days_rows,
    null as in_half_an_hour,
    count(*) as in_24_hours,
    null as in_a_month,
    null as in_a_month_of_days
  from leads
  semi join (
    select account_id as key_1, ordered_at as moment
    from orders
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= leads.received_at
    and orders_after.moment <= leads.received_at + to_days(1)
  group by leads.lead_id
  union all
  select
    leads.lead_id as lead_id,
    null as by_instant,
    null as by_instant_rows,
    null as in_a_month_of_days_rows,
    null as in_half_an_hour,
    null as in_24_hours,
    count(*) as in_a_month,
    null as in_a_month_of_days
  from leads
  semi join (
    select account_id as key_1, ordered_at as moment
    from orders
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= leads.received_at
    and orders_after.moment <= leads.received_at + to_months(1)
  group by leads.lead_id
  union all
  select
    leads.lead_id as lead_id,
    null as by_instant,
    null as by_instant_rows,
    null as in_a_month_of_days_rows,
    null as in_half_an_hour,
    null as in_24_hours,
    null as in_a_month,
    count(*) as in_a_month_of_days
  from leads
  semi join (
    select account_id as key_1, ordered_on as moment
    from orders
  ) as orders_after on orders_after.key_1 = leads.account_id
    and orders_after.moment >= leads.received_on
    and orders_after.moment <= (leads.received_on + to_months(1))::date
  where leads.received_on is not null
  group by leads.lead_id
) as facts
group by lead_id
order by lead_id nulls last
