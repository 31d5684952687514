with leads_facts as (
  select account_id as account, count(*) as converted
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
    and received_at < timestamp '2026-03-31 22:00:00'
  group by account_id
),
leads_facts_2 as (
  select account_id as account, count(*) as converted_rows
  from leads
  where received_at >= timestamp '2025-12-31 23:00:00'
    and received_at < timestamp '2026-03-31 22:00:00'
  group by account_id
)
select
  account::text collate "C" as account,
  coalesce(converted, 0) as converted,
  place_rank as place,
  coalesce(converted, 0)::double precision / nullif(part_total, 0) as part,
  rate_of_all_total as rate_of_all
from (
  select
    groups.account as account,
    groups.converted as converted,
    groups.converted_rows as converted_rows,
    totals.part_total as part_total,
    totals.rate_of_all_total as rate_of_all_total,
    case
      when coalesce(groups.converted_rows, 0) > 0 and coalesce(groups.converted, 0) is not null then rank() over (
        partition by coalesce(groups.converted_rows, 0) > 0
        and coalesce(groups.converted, 0) is not null
        order by coalesce(groups.converted, 0) desc nulls last
      )
    end as place_rank
  from (
    select account, max(converted) as converted, max(converted_rows) as converted_rows
    from (
      select account, converted, null::bigint as converted_rows
      from leads_facts
      union all
      select account, null::bigint as converted, converted_rows
      from leads_facts_2
      union all
      select account, null::bigint as converted, null::bigint as converted_rows
      from (
        select distinct account_id as account
        from accounts
      ) as rows
    ) as facts
    group by account
  ) as groups
  left join (
    select
      coalesce(max(converted), 0) as part_total,
      coalesce(max(converted), 0)::double precision / nullif(max(converted_rows), 0) as rate_of_all_total
    from (
      select count(*) as converted, null::bigint as converted_rows
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
        and received_at < timestamp '2026-03-31 22:00:00'
      union all
      select null::bigint as converted, count(*) as converted_rows
      from leads
      where received_at >= timestamp '2025-12-31 23:00:00'
        and received_at < timestamp '2026-03-31 22:00:00'
    ) as facts
  ) as totals on true
  offset 0
) as ranked
order by converted desc nulls last, account nulls last
