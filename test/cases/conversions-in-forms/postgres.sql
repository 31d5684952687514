with leads_facts_3 as (
  select
    account.region as "account.region",
    leads.account_id as account,
    leads.converted as converted
  from (
    select account_id, count(*) as converted
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
  ) as leads
  left join accounts as account on account.account_id = leads.account_id
),
leads_facts_4 as (
  select
    account.region as "account.region",
    leads.account_id as account,
    leads.converted_rows as converted_rows
  from (
    select account_id, count(*) as converted_rows
    from leads
    where received_at >= timestamp '2025-12-31 23:00:00'
      and received_at < timestamp '2026-03-31 22:00:00'
    group by account_id
  ) as leads
  left join accounts as account on account.account_id = leads.account_id
)
select
  "account.region"::text collate "C" as "account.region",
  max(per_account) as per_account,
  max(per_every_account) as per_every_account,
  coalesce(max(leads_of_buyers), 0) as leads_of_buyers,
  max(mean_of_months) as mean_of_months,
  max(best_month) as best_month
from (
  select
    "account.region",
    avg(per_account)::double precision as per_account,
    null::double precision as per_every_account,
    null::bigint as leads_of_buyers,
    null::double precision as mean_of_months,
    null::bigint as best_month
  from (
    select "account.region", account, coalesce(max(converted), 0) as per_account
    from (
      select
        account.region as "account.region",
        leads.account_id as account,
        leads.converted as converted,
        null::bigint as converted_rows
      from (
        select account_id, count(*) as converted
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
      ) as leads
      left join accounts as account on account.account_id = leads.account_id
      union all
      select
        account.region as "account.region",
        leads.account_id as account,
        null::bigint as converted,
        leads.converted_rows as converted_rows
      from (
        select account_id, count(*) as converted_rows
        from leads
        where received_at >= timestamp '2025-12-31 23:00:00'
          and received_at < timestamp '2026-03-31 22:00:00'
        group by account_id
      ) as leads
      left join accounts as account on account.account_id = leads.account_id
    ) as facts
    group by "account.region", account
  ) as rows
  group by "account.region"
  union all
  select
    "account.region",
    null::double precision as per_account,
    avg(per_every_account)::double precision as per_every_account,
    null::bigint as leads_of_buyers,
    null::double precision as mean_of_months,
    null::bigint as best_month
  from (
    select "account.region", account, coalesce(max(converted), 0) as per_every_account
    from (
      select "account.region", account, converted, null::bigint as converted_rows
      from leads_facts_3
      union all
      select "account.region", account, null::bigint as converted, converted_rows
      from leads_facts_4
      union all
      select
        groups."account.region" as "account.region",
        members.account as account,
        null::bigint as converted,
        null::bigint as converted_rows
      from (
        select distinct "account.region"
        from (
          select "account.region"
          from leads_facts_3
          union all
          select "account.region"
          from leads_facts_4
        ) as groups
      ) as groups
      join (
        select distinct region as "account.region", account_id as account
        from accounts
      ) as members on (
          groups."account.region" = members."account.region"
          or groups."account.region" is null and members."account.region" is null
        )
    ) as facts
    group by "account.region", account
  ) as rows
  group by "account.region"
  union all
  select
    "account.region",
    null::double precision as per_account,
    null::double precision as per_every_account,
    sum(leads_of_buyers) as leads_of_buyers,
    null::double precision as mean_of_months,
    null::bigint as best_month
  from (
    select "account.region", account, coalesce(max(converted_rows), 0) as leads_of_buyers
    from (
      select
        "account.region",
        account,
        converted,
        null::bigint as converted_rows,
        false as "present?"
      from (
        select
          account.region as "account.region",
          leads.account_id as account,
          leads.converted as converted
        from (
          select account_id, count(*) as converted
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
        ) as leads
        left join accounts as account on account.account_id = leads.account_id
      ) as groups
      union all
      select
        "account.region",
        account,
        null::bigint as converted,
        converted_rows,
        true as "present?"
      from (
        select
          account.region as "account.region",
          leads.account_id as account,
          leads.converted_rows as converted_rows
        from (
          select account_id, count(*) as converted_rows
          from leads
          where received_at >= timestamp '2025-12-31 23:00:00'
            and received_at < timestamp '2026-03-31 22:00:00'
          group by account_id
        ) as leads
        left join accounts as account on account.account_id = leads.account_id
      ) as groups
    ) as facts
    group by "account.region", account
    having bool_or("present?") and coalesce(max(converted), 0) > $1::bigint
  ) as rows
  group by "account.region"
  union all
  select
    "account.region",
    null::double precision as per_account,
    null::double precision as per_every_account,
    null::bigint as leads_of_buyers,
    avg(mean_of_months) filter (where has_rows) as mean_of_months,
    max(best_month_2) filter (where has_rows_2) as best_month
  from (
    select
      "account.region",
      month,
      coalesce(max(converted), 0)::double precision / nullif(max(converted_rows), 0) as mean_of_months,
      coalesce(max(converted_rows), 0) > 0 as has_rows,
      coalesce(max(best_month), 0) as best_month_2,
      coalesce(max(best_month_rows), 0) > 0 as has_rows_2
    from (
      select
        account.region as "account.region",
        case
          when leads.received_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
          when leads.received_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
          else date '2026-03-01'
        end as month,
        count(*) as converted,
        null::bigint as converted_rows,
        null::bigint as best_month,
        null::bigint as best_month_rows
      from leads
      left join accounts as account on account.account_id = leads.account_id
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
        and leads.received_at >= timestamp '2025-12-31 23:00:00'
        and leads.received_at < timestamp '2026-03-31 22:00:00'
      group by account.region, 2
      union all
      select
        account.region as "account.region",
        case
          when leads.received_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
          when leads.received_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
          else date '2026-03-01'
        end as month,
        null::bigint as converted,
        count(*) as converted_rows,
        null::bigint as best_month,
        null::bigint as best_month_rows
      from leads
      left join accounts as account on account.account_id = leads.account_id
      where leads.received_at >= timestamp '2025-12-31 23:00:00'
        and leads.received_at < timestamp '2026-03-31 22:00:00'
      group by account.region, 2
      union all
      select
        "account.region",
        month,
        null::bigint as converted,
        null::bigint as converted_rows,
        sum(best_month) as best_month,
        count(*) as best_month_rows
      from (
        select "account.region", account, month, coalesce(max(converted), 0) as best_month
        from (
          select
            account.region as "account.region",
            leads.account_id as account,
            case
              when leads.received_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
              when leads.received_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
              else date '2026-03-01'
            end as month,
            count(*) as converted,
            null::bigint as converted_rows
          from leads
          left join accounts as account on account.account_id = leads.account_id
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
            and leads.received_at >= timestamp '2025-12-31 23:00:00'
            and leads.received_at < timestamp '2026-03-31 22:00:00'
          group by account.region, leads.account_id, 3
          union all
          select
            account.region as "account.region",
            leads.account_id as account,
            case
              when leads.received_at < timestamp '2026-01-31 23:00:00' then date '2026-01-01'
              when leads.received_at < timestamp '2026-02-28 23:00:00' then date '2026-02-01'
              else date '2026-03-01'
            end as month,
            null::bigint as converted,
            count(*) as converted_rows
          from leads
          left join accounts as account on account.account_id = leads.account_id
          where leads.received_at >= timestamp '2025-12-31 23:00:00'
            and leads.received_at < timestamp '2026-03-31 22:00:00'
          group by account.region, leads.account_id, 3
        ) as facts
        group by "account.region", account, month
      ) as rows
      group by "account.region", month
    ) as facts
    group by "account.region", month
  ) as rows
  group by "account.region"
) as facts
group by "account.region"
order by "account.region" nulls last
-- $1 = "0"
