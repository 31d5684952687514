select
  month,
  "leads.age",
  again,
  "again.prior",
  "again.change",
  lead_count,
  "lead_count.prior",
  "lead_count.change"
from (
  select
    month,
    "leads.age",
    coalesce(max(again), 0) as again,
    coalesce(max(again_2), 0) as "again.prior",
    coalesce(max(again), 0) - coalesce(max(again_2), 0) as "again.change",
    coalesce(max(again_rows), 0) as lead_count,
    coalesce(max(again_rows_2), 0) as "lead_count.prior",
    coalesce(max(again_rows), 0) - coalesce(max(again_rows_2), 0) as "lead_count.change"
  from (
    select
      case
        when cells.as_of - leads.received_on < 20 then '< 20'
        when cells.as_of - leads.received_on < 40 then '20 to < 40'
        when cells.as_of - leads.received_on >= 40 then '>= 40'
      end as "leads.age",
      cells.month as month,
      count(*) as again,
      null::bigint as again_rows,
      null::bigint as again_2,
      null::bigint as again_rows_2
    from leads
    join (
      values
        (date '2026-01-01', date '2026-01-31', date '2026-01-01', date '2026-02-01'),
        ('2026-02-01', '2026-02-28', '2026-02-01', '2026-03-01'),
        ('2026-03-01', '2026-03-31', '2026-03-01', '2026-04-01')
    ) as cells(month, as_of, "from", until) on leads.received_on >= cells."from"
      and leads.received_on < cells.until
    where exists (
        select 1
        from (
          select account_id as key_1, lead_id as row_1, received_on as moment
          from leads
          where received_on >= date '2026-01-01' and received_on < date '2026-05-03'
        ) as leads_after
        where leads_after.key_1 = leads.account_id
          and leads_after.moment >= leads.received_on
          and leads_after.moment <= leads.received_on + 30
          and not (leads_after.row_1 = leads.lead_id)
      )
      and leads.received_on >= date '2026-01-01'
      and leads.received_on < date '2026-04-01'
    group by 1, cells.month
    union all
    select
      case
        when cells.as_of - leads.received_on < 20 then '< 20'
        when cells.as_of - leads.received_on < 40 then '20 to < 40'
        when cells.as_of - leads.received_on >= 40 then '>= 40'
      end as "leads.age",
      cells.month as month,
      null::bigint as again,
      count(*) as again_rows,
      null::bigint as again_2,
      null::bigint as again_rows_2
    from leads
    join (
      values
        (date '2026-01-01', date '2026-01-31', date '2026-01-01', date '2026-02-01'),
        ('2026-02-01', '2026-02-28', '2026-02-01', '2026-03-01'),
        ('2026-03-01', '2026-03-31', '2026-03-01', '2026-04-01')
    ) as cells(month, as_of, "from", until) on leads.received_on >= cells."from"
      and leads.received_on < cells.until
    where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-04-01'
    group by 1, cells.month
    union all
    select
      case
        when cells.as_of - leads.received_on < 20 then '< 20'
        when cells.as_of - leads.received_on < 40 then '20 to < 40'
        when cells.as_of - leads.received_on >= 40 then '>= 40'
      end as "leads.age",
      cells.month as month,
      null::bigint as again,
      null::bigint as again_rows,
      count(*) as again_2,
      null::bigint as again_rows_2
    from leads
    join (
      values
        (date '2026-01-01', date '2025-12-31', date '2025-12-01', date '2026-01-01'),
        ('2026-02-01', '2026-01-31', '2026-01-01', '2026-02-01'),
        ('2026-03-01', '2026-02-28', '2026-02-01', '2026-03-01')
    ) as cells(month, as_of, "from", until) on leads.received_on >= cells."from"
      and leads.received_on < cells.until
    where exists (
        select 1
        from (
          select account_id as key_1, lead_id as row_1, received_on as moment
          from leads
          where received_on >= date '2025-12-01' and received_on < date '2026-04-02'
        ) as leads_after
        where leads_after.key_1 = leads.account_id
          and leads_after.moment >= leads.received_on
          and leads_after.moment <= leads.received_on + 30
          and not (leads_after.row_1 = leads.lead_id)
      )
      and leads.received_on >= date '2025-12-01'
      and leads.received_on < date '2026-03-01'
    group by 1, cells.month
    union all
    select
      case
        when cells.as_of - leads.received_on < 20 then '< 20'
        when cells.as_of - leads.received_on < 40 then '20 to < 40'
        when cells.as_of - leads.received_on >= 40 then '>= 40'
      end as "leads.age",
      cells.month as month,
      null::bigint as again,
      null::bigint as again_rows,
      null::bigint as again_2,
      count(*) as again_rows_2
    from leads
    join (
      values
        (date '2026-01-01', date '2025-12-31', date '2025-12-01', date '2026-01-01'),
        ('2026-02-01', '2026-01-31', '2026-01-01', '2026-02-01'),
        ('2026-03-01', '2026-02-28', '2026-02-01', '2026-03-01')
    ) as cells(month, as_of, "from", until) on leads.received_on >= cells."from"
      and leads.received_on < cells.until
    where leads.received_on >= date '2025-12-01' and leads.received_on < date '2026-03-01'
    group by 1, cells.month
  ) as facts
  group by "leads.age", month
) as rows
order by
  month nulls last,
  case "leads.age" when '< 20' then 0 when '20 to < 40' then 1 when '>= 40' then 2 end nulls last
