select
  groups.month as month,
  coalesce(groups.again, 0) as again,
  coalesce(groups.again, 0) / nullif(groups.again_rows, 0) as rate,
  groups.last_again as last_again,
  groups.first_rate as first_rate,
  groups.highest_ever as highest_ever,
  coalesce(groups.again, 0) / nullif(totals.part_of_months_total, 0) as part_of_months,
  coalesce(groups.north_to_south, 0) as north_to_south,
  (
    coalesce(groups.again, 0) / nullif(groups.again_rows, 0) - coalesce(groups.again_2, 0) / nullif(
      groups.again_rows_2,
      0
    )
  ) / nullif(abs(coalesce(groups.again_2, 0) / nullif(groups.again_rows_2, 0)), 0) as rate_growth,
  coalesce(groups.again_3, 0) / nullif(groups.north_to_south_rows, 0) as rate_of_north
from (
  select
    month,
    max(again) as again,
    max(again_2) as again_2,
    max(again_3) as again_3,
    max(again_rows) as again_rows,
    max(north_to_south_rows) as north_to_south_rows,
    max(again_rows_2) as again_rows_2,
    max(north_to_south) as north_to_south,
    max(last_again) as last_again,
    max(first_rate) as first_rate,
    max(highest_ever) as highest_ever
  from (
    select
      cells.month as month,
      sum(atoms.again) filter (where cells.view = 1) as again,
      sum(atoms.again) filter (where cells.view = 2) as again_2,
      sum(atoms.again_3) filter (where cells.view = 1) as again_3,
      null as again_rows,
      null as north_to_south_rows,
      null as again_rows_2,
      null as north_to_south,
      null as last_again,
      null as first_rate,
      null as highest_ever
    from (
      select
        leads.received_on as atom,
        count(*) as again,
        count(*) filter (where rep.region = $1) as again_3
      from leads
      left join reps as rep on rep.country = leads.country
        and rep.number = leads.rep_number
        and rep.valid_from <= leads.received_on
        and (rep.valid_until is null or leads.received_on < rep.valid_until)
      semi join (
        select account_id as key_1, lead_id as row_1, received_on as moment
        from leads
        where received_on >= date '2025-12-01' and received_on < date '2026-05-03'
      ) as leads_after on leads_after.key_1 = leads.account_id
        and leads_after.moment >= leads.received_on
        and leads_after.moment <= leads.received_on + 30
        and not (leads_after.row_1 = leads.lead_id)
      where leads.received_on >= date '2025-12-01' and leads.received_on < date '2026-04-01'
      group by leads.received_on
    ) as atoms
    join (
      select unnest('[
        (2026-01-01, 2026-01-01, 2026-02-01, 1),
        (2026-02-01, 2026-02-01, 2026-03-01, 1),
        (2026-03-01, 2026-03-01, 2026-04-01, 1),
        (2026-01-01, 2025-12-01, 2026-01-01, 2),
        (2026-02-01, 2026-01-01, 2026-02-01, 2),
        (2026-03-01, 2026-02-01, 2026-03-01, 2)
      ]'::struct(month date, "from" date, until date, view bigint)[], recursive := true)
    ) as cells(month, "from", until, view) on atoms.atom >= cells."from"
      and atoms.atom < cells.until
    group by cells.month
    union all
    select
      cells.month as month,
      null as again,
      null as again_2,
      null as again_3,
      sum(atoms.again_rows) filter (where cells.view = 1) as again_rows,
      sum(atoms.north_to_south_rows) filter (where cells.view = 1) as north_to_south_rows,
      sum(atoms.again_rows) filter (where cells.view = 2) as again_rows_2,
      null as north_to_south,
      null as last_again,
      null as first_rate,
      null as highest_ever
    from (
      select
        leads.received_on as atom,
        count(*) as again_rows,
        count(*) filter (where rep.region = $1) as north_to_south_rows
      from leads
      left join reps as rep on rep.country = leads.country
        and rep.number = leads.rep_number
        and rep.valid_from <= leads.received_on
        and (rep.valid_until is null or leads.received_on < rep.valid_until)
      where leads.received_on >= date '2025-12-01' and leads.received_on < date '2026-04-01'
      group by leads.received_on
    ) as atoms
    join (
      select unnest('[
        (2026-01-01, 2026-01-01, 2026-02-01, 1),
        (2026-02-01, 2026-02-01, 2026-03-01, 1),
        (2026-03-01, 2026-03-01, 2026-04-01, 1),
        (2026-01-01, 2025-12-01, 2026-01-01, 2),
        (2026-02-01, 2026-01-01, 2026-02-01, 2),
        (2026-03-01, 2026-02-01, 2026-03-01, 2)
      ]'::struct(month date, "from" date, until date, view bigint)[], recursive := true)
    ) as cells(month, "from", until, view) on atoms.atom >= cells."from"
      and atoms.atom < cells.until
    group by cells.month
    union all
    select
      make_date(year(leads.received_on), month(leads.received_on), 1) as month,
      null as again,
      null as again_2,
      null as again_3,
      null as again_rows,
      null as north_to_south_rows,
      null as again_rows_2,
      count(*) as north_to_south,
      null as last_again,
      null as first_rate,
      null as highest_ever
    from leads
    left join reps as rep on rep.country = leads.country
      and rep.number = leads.rep_number
      and rep.valid_from <= leads.received_on
      and (rep.valid_until is null or leads.received_on < rep.valid_until)
    semi join (
      select leads.account_id as key_1, leads.lead_id as row_1, leads.received_on as moment
      from leads
      left join reps as rep on rep.country = leads.country
        and rep.number = leads.rep_number
        and rep.valid_from <= leads.received_on
        and (rep.valid_until is null or leads.received_on < rep.valid_until)
      where leads.received_on >= date '2026-01-01' and rep.region = $2
    ) as leads_after on leads_after.key_1 = leads.account_id
      and leads_after.moment >= leads.received_on
      and not (leads_after.row_1 = leads.lead_id)
    where rep.region = $1
      and leads.received_on >= date '2026-01-01'
      and leads.received_on < date '2026-04-01'
    group by year(leads.received_on), month(leads.received_on)
    union all
    select
      month,
      null as again,
      null as again_2,
      null as again_3,
      null as again_rows,
      null as north_to_south_rows,
      null as again_rows_2,
      null as north_to_south,
      arg_max(last_again, (month_2 is not null, month_2)) filter (where has_rows
      and last_again is not null) as last_again,
      arg_min(first_rate, (month_2 is null, month_2)) filter (where has_rows
      and first_rate is not null) as first_rate,
      max(highest_ever) filter (where has_rows_2) as highest_ever
    from (
      select
        month,
        month_2,
        coalesce(max(again), 0) as last_again,
        coalesce(max(again_rows), 0) > 0 as has_rows,
        coalesce(max(again), 0) / nullif(max(again_rows), 0) as first_rate,
        coalesce(max(again_2), 0) as highest_ever,
        coalesce(max(again_rows_2), 0) > 0 as has_rows_2
      from (
        select
          cells.month as month,
          cells.month_2 as month_2,
          sum(atoms.again) filter (where cells.view = 1) as again,
          sum(atoms.again) filter (where cells.view = 2) as again_2,
          null as again_rows,
          null as again_rows_2
        from (
          select
            make_date(year(leads.received_on), month(leads.received_on), 1) as atom,
            count(*) as again
          from leads
          semi join (
            select account_id as key_1, lead_id as row_1, received_on as moment
            from leads
            where received_on < date '2026-05-03'
          ) as leads_after on leads_after.key_1 = leads.account_id
            and leads_after.moment >= leads.received_on
            and leads_after.moment <= leads.received_on + 30
            and not (leads_after.row_1 = leads.lead_id)
          where leads.received_on < date '2026-04-01'
          group by year(leads.received_on), month(leads.received_on)
        ) as atoms
        join (
          select unnest('[
            (2026-01-01, 2026-01-01, 2026-01-01, 2026-02-01, 1),
            (2026-02-01, 2026-02-01, 2026-02-01, 2026-03-01, 1),
            (2026-03-01, 2026-03-01, 2026-03-01, 2026-04-01, 1),
            (2026-01-01, 2026-01-01, -infinity, 2026-02-01, 2),
            (2026-02-01, 2026-02-01, -infinity, 2026-03-01, 2),
            (2026-03-01, 2026-03-01, -infinity, 2026-04-01, 2)
          ]'::struct(month date, month_2 date, "from" date, until date, view bigint)[], recursive := true)
        ) as cells(month, month_2, "from", until, view) on atoms.atom >= cells."from"
          and atoms.atom < cells.until
        group by cells.month, cells.month_2
        union all
        select
          cells.month as month,
          cells.month_2 as month_2,
          null as again,
          null as again_2,
          sum(atoms.again_rows) filter (where cells.view = 1) as again_rows,
          sum(atoms.again_rows) filter (where cells.view = 2) as again_rows_2
        from (
          select make_date(year(received_on), month(received_on), 1) as atom, count(*) as again_rows
          from leads
          where received_on < date '2026-04-01'
          group by year(received_on), month(received_on)
        ) as atoms
        join (
          select unnest('[
            (2026-01-01, 2026-01-01, 2026-01-01, 2026-02-01, 1),
            (2026-02-01, 2026-02-01, 2026-02-01, 2026-03-01, 1),
            (2026-03-01, 2026-03-01, 2026-03-01, 2026-04-01, 1),
            (2026-01-01, 2026-01-01, -infinity, 2026-02-01, 2),
            (2026-02-01, 2026-02-01, -infinity, 2026-03-01, 2),
            (2026-03-01, 2026-03-01, -infinity, 2026-04-01, 2)
          ]'::struct(month date, month_2 date, "from" date, until date, view bigint)[], recursive := true)
        ) as cells(month, month_2, "from", until, view) on atoms.atom >= cells."from"
          and atoms.atom < cells.until
        group by cells.month, cells.month_2
      ) as facts
      group by month, month_2
    ) as rows
    group by month
    union all
    select
      month,
      null as again,
      null as again_2,
      null as again_3,
      null as again_rows,
      null as north_to_south_rows,
      null as again_rows_2,
      null as north_to_south,
      null as last_again,
      null as first_rate,
      null as highest_ever
    from (
      select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
    ) as buckets
  ) as facts
  group by month
) as groups
left join (
  select coalesce(max(again), 0) as part_of_months_total
  from (
    select count(*) as again, null as again_rows
    from leads
    semi join (
      select account_id as key_1, lead_id as row_1, received_on as moment
      from leads
      where received_on >= date '2026-01-01' and received_on < date '2026-05-03'
    ) as leads_after on leads_after.key_1 = leads.account_id
      and leads_after.moment >= leads.received_on
      and leads_after.moment <= leads.received_on + 30
      and not (leads_after.row_1 = leads.lead_id)
    where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-04-01'
    union all
    select null as again, count(*) as again_rows
    from leads
    where received_on >= date '2026-01-01' and received_on < date '2026-04-01'
  ) as facts
) as totals on true
order by month nulls last
-- $1 = "North"
-- $2 = "South"
