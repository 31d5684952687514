select
  "account.region"::text collate "C" as "account.region",
  coalesce(max(converted), 0)::double precision / nullif(max(converted_rows), 0) as rate,
  coalesce(max(converted_2), 0)::double precision / nullif(max(converted_rows_2), 0) as "rate.prior",
  coalesce(max(converted), 0)::double precision / nullif(max(converted_rows), 0) - coalesce(
    max(converted_2),
    0
  )::double precision / nullif(max(converted_rows_2), 0) as "rate.change"
from (
  select
    account.region as "account.region",
    sum(leads.converted) as converted,
    sum(leads.converted_2) as converted_2,
    null::bigint as converted_rows,
    null::bigint as converted_rows_2
  from (
    select
      account_id,
      count(*) filter (where received_at >= timestamp '2026-01-31 23:00:00'
      and received_at < timestamp '2026-02-28 23:00:00') as converted,
      count(*) filter (where received_at >= timestamp '2025-12-31 23:00:00'
      and received_at < timestamp '2026-01-31 23:00:00') as converted_2
    from leads
    where exists (
        select 1
        from (
          select account_id as key_1, ordered_on as moment
          from orders
          where ordered_on >= date '2026-01-01'
        ) as orders_after
        where orders_after.key_1 = leads.account_id
          and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
      )
      and received_at >= timestamp '2025-12-31 23:00:00'
      and received_at < timestamp '2026-02-28 23:00:00'
    group by account_id
  ) as leads
  left join accounts as account on account.account_id = leads.account_id
  group by account.region
  having sum(leads.converted) > 0 or sum(leads.converted_2) > 0
  union all
  select
    account.region as "account.region",
    null::bigint as converted,
    null::bigint as converted_2,
    sum(leads.converted_rows) as converted_rows,
    sum(leads.converted_rows_2) as converted_rows_2
  from (
    select
      account_id,
      count(*) filter (where received_at >= timestamp '2026-01-31 23:00:00'
      and received_at < timestamp '2026-02-28 23:00:00') as converted_rows,
      count(*) filter (where received_at >= timestamp '2025-12-31 23:00:00'
      and received_at < timestamp '2026-01-31 23:00:00') as converted_rows_2
    from leads
    where received_at >= timestamp '2025-12-31 23:00:00'
      and received_at < timestamp '2026-02-28 23:00:00'
    group by account_id
  ) as leads
  left join accounts as account on account.account_id = leads.account_id
  group by account.region
  having sum(leads.converted_rows) > 0 or sum(leads.converted_rows_2) > 0
) as facts
group by "account.region"
order by "account.region" nulls last
