with reps_facts_3 as (
  select cells.month as month, sum(atoms.heads) as heads
  from (
    select
      make_date(year(valid_from), month(valid_from), 1) as born,
      make_date(year(valid_until), month(valid_until), 1) as died,
      count(*) as heads
    from reps
    where valid_from < date '2026-04-01'
    group by year(valid_from), month(valid_from), year(valid_until), month(valid_until)
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-02-01),
      (2026-02-01, 2026-03-01),
      (2026-03-01, 2026-04-01)
    ]'::struct(month date, next date)[], recursive := true)
  ) as cells(month, next) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
)
select
  max(daily_heads) as daily_heads,
  max(weekly_heads_before) as weekly_heads_before,
  max(heads_of_full_months) as heads_of_full_months,
  max(highest_place) as highest_place,
  max(heads_with_leads) as heads_with_leads,
  coalesce(max(heads_of_months), 0) as heads_of_months
from (
  select
    avg(daily_heads) as daily_heads,
    null as weekly_heads_before,
    null as heads_of_full_months,
    null as highest_place,
    null as heads_with_leads,
    null as heads_of_months
  from (
    select cells.day as day, sum(atoms.heads) as daily_heads
    from (
      select valid_from as born, valid_until as died, count(*) as heads
      from reps
      where valid_from < date '2026-04-01'
      group by valid_from, valid_until
    ) as atoms
    join (
      select unnest('[
        (2026-01-01, 2026-01-02),
        (2026-01-02, 2026-01-03),
        (2026-01-03, 2026-01-04),
        (2026-01-04, 2026-01-05),
        (2026-01-05, 2026-01-06),
        (2026-01-06, 2026-01-07),
        (2026-01-07, 2026-01-08),
        (2026-01-08, 2026-01-09),
        (2026-01-09, 2026-01-10),
        (2026-01-10, 2026-01-11),
        (2026-01-11, 2026-01-12),
        (2026-01-12, 2026-01-13),
        (2026-01-13, 2026-01-14),
        (2026-01-14, 2026-01-15),
        (2026-01-15, 2026-01-16),
        (2026-01-16, 2026-01-17),
        (2026-01-17, 2026-01-18),
        (2026-01-18, 2026-01-19),
        (2026-01-19, 2026-01-20),
        (2026-01-20, 2026-01-21),
        (2026-01-21, 2026-01-22),
        (2026-01-22, 2026-01-23),
        (2026-01-23, 2026-01-24),
        (2026-01-24, 2026-01-25),
        (2026-01-25, 2026-01-26),
        (2026-01-26, 2026-01-27),
        (2026-01-27, 2026-01-28),
        (2026-01-28, 2026-01-29),
        (2026-01-29, 2026-01-30),
        (2026-01-30, 2026-01-31),
        (2026-01-31, 2026-02-01),
        (2026-02-01, 2026-02-02),
        (2026-02-02, 2026-02-03),
        (2026-02-03, 2026-02-04),
        (2026-02-04, 2026-02-05),
        (2026-02-05, 2026-02-06),
        (2026-02-06, 2026-02-07),
        (2026-02-07, 2026-02-08),
        (2026-02-08, 2026-02-09),
        (2026-02-09, 2026-02-10),
        (2026-02-10, 2026-02-11),
        (2026-02-11, 2026-02-12),
        (2026-02-12, 2026-02-13),
        (2026-02-13, 2026-02-14),
        (2026-02-14, 2026-02-15),
        (2026-02-15, 2026-02-16),
        (2026-02-16, 2026-02-17),
        (2026-02-17, 2026-02-18),
        (2026-02-18, 2026-02-19),
        (2026-02-19, 2026-02-20),
        (2026-02-20, 2026-02-21),
        (2026-02-21, 2026-02-22),
        (2026-02-22, 2026-02-23),
        (2026-02-23, 2026-02-24),
        (2026-02-24, 2026-02-25),
        (2026-02-25, 2026-02-26),
        (2026-02-26, 2026-02-27),
        (2026-02-27, 2026-02-28),
        (2026-02-28, 2026-03-01),
        (2026-03-01, 2026-03-02),
        (2026-03-02, 2026-03-03),
        (2026-03-03, 2026-03-04),
        (2026-03-04, 2026-03-05),
        (2026-03-05, 2026-03-06),
        (2026-03-06, 2026-03-07),
        (2026-03-07, 2026-03-08),
        (2026-03-08, 2026-03-09),
        (2026-03-09, 2026-03-10),
        (2026-03-10, 2026-03-11),
        (2026-03-11, 2026-03-12),
        (2026-03-12, 2026-03-13),
        (2026-03-13, 2026-03-14),
        (2026-03-14, 2026-03-15),
        (2026-03-15, 2026-03-16),
        (2026-03-16, 2026-03-17),
        (2026-03-17, 2026-03-18),
        (2026-03-18, 2026-03-19),
        (2026-03-19, 2026-03-20),
        (2026-03-20, 2026-03-21),
        (2026-03-21, 2026-03-22),
        (2026-03-22, 2026-03-23),
        (2026-03-23, 2026-03-24),
        (2026-03-24, 2026-03-25),
        (2026-03-25, 2026-03-26),
        (2026-03-26, 2026-03-27),
        (2026-03-27, 2026-03-28),
        (2026-03-28, 2026-03-29),
        (2026-03-29, 2026-03-30),
        (2026-03-30, 2026-03-31),
        (2026-03-31, 2026-04-01)
      ]'::struct(day date, next date)[], recursive := true)
    ) as cells(day, next) on atoms.born < cells.next
      and (atoms.died is null or atoms.died >= cells.next)
    group by cells.day
  ) as rows
  union all
  select
    null as daily_heads,
    avg(weekly_heads_before) as weekly_heads_before,
    null as heads_of_full_months,
    null as highest_place,
    null as heads_with_leads,
    null as heads_of_months
  from (
    select cells.week as week, sum(atoms.heads) as weekly_heads_before
    from (
      select
        greatest(
          valid_from - (isodow(valid_from) - 1)::int,
          case when valid_from >= date '2026-03-01' then date '2026-03-01' end
        ) as born,
        case
          when valid_until is not null then greatest(
            valid_until - (isodow(valid_until) - 1)::int,
            case when valid_until >= date '2026-03-01' then date '2026-03-01' end
          )
        end as died,
        count(*) as heads
      from reps
      where valid_from < date '2026-03-01'
      group by 1, 2
    ) as atoms
    join (
      select unnest('[
        (2025-12-01, 2025-12-08),
        (2025-12-08, 2025-12-15),
        (2025-12-15, 2025-12-22),
        (2025-12-22, 2025-12-29),
        (2025-12-29, 2026-01-05),
        (2026-01-05, 2026-01-12),
        (2026-01-12, 2026-01-19),
        (2026-01-19, 2026-01-26),
        (2026-01-26, 2026-02-02),
        (2026-02-02, 2026-02-09),
        (2026-02-09, 2026-02-16),
        (2026-02-16, 2026-02-23),
        (2026-02-23, 2026-03-01)
      ]'::struct(week date, next date)[], recursive := true)
    ) as cells(week, next) on atoms.born < cells.next
      and (atoms.died is null or atoms.died >= cells.next)
    group by cells.week
  ) as rows
  union all
  select
    null as daily_heads,
    null as weekly_heads_before,
    avg(heads_of_full_months) as heads_of_full_months,
    null as highest_place,
    null as heads_with_leads,
    null as heads_of_months
  from (
    select month, coalesce(max(heads), 0) as heads_of_full_months
    from (
      select month, heads
      from reps_facts_3
      union all
      select month, null as heads
      from (
        select unnest('[
          (2026-01-01),
          (2026-02-01),
          (2026-03-01)
        ]'::struct(month date)[], recursive := true)
      ) as cells(month)
    ) as facts
    group by month
    having coalesce(max(heads), 0) > $1
  ) as rows
  union all
  select
    null as daily_heads,
    null as weekly_heads_before,
    null as heads_of_full_months,
    max(highest_place_rank) as highest_place,
    null as heads_with_leads,
    null as heads_of_months
  from (
    select "rep.region", highest_place_rank
    from (
      select
        "rep.region",
        heads,
        case
          when coalesce(heads, 0) > 0 and coalesce(heads, 0) is not null then rank() over (
            partition by coalesce(heads, 0) > 0 and coalesce(heads, 0) is not null
            order by coalesce(heads, 0) desc nulls last
          )
        end as highest_place_rank
      from (
        select region as "rep.region", count(*) as heads
        from reps
        where valid_from < date '2026-04-01'
          and (valid_until is null or valid_until >= date '2026-04-01')
        group by region
      ) as groups
    ) as ranked
  ) as rows
  union all
  select
    null as daily_heads,
    null as weekly_heads_before,
    null as heads_of_full_months,
    null as highest_place,
    nullif(corr(heads_with_leads::double, heads_with_leads_2::double), 'nan'::double) as heads_with_leads,
    null as heads_of_months
  from (
    select
      "rep.region",
      coalesce(max(heads), 0) as heads_with_leads,
      coalesce(max(lead_count), 0) as heads_with_leads_2
    from (
      select region as "rep.region", count(*) as heads, null as lead_count
      from reps
      where valid_from < date '2026-04-01'
        and (valid_until is null or valid_until >= date '2026-04-01')
      group by region
      union all
      select rep.region as "rep.region", null as heads, count(*) as lead_count
      from leads
      left join reps as rep on rep.country = leads.country
        and rep.number = leads.rep_number
        and rep.valid_from <= leads.received_on
        and (rep.valid_until is null or leads.received_on < rep.valid_until)
      where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-04-01'
      group by rep.region
    ) as facts
    group by "rep.region"
  ) as rows
  union all
  select
    null as daily_heads,
    null as weekly_heads_before,
    null as heads_of_full_months,
    null as highest_place,
    null as heads_with_leads,
    sum(heads_of_months) as heads_of_months
  from (
    select
      atoms."rep.region" as "rep.region",
      cells.month as month,
      sum(atoms.heads) as heads_of_months
    from (
      select
        region as "rep.region",
        make_date(year(valid_from), month(valid_from), 1) as born,
        make_date(year(valid_until), month(valid_until), 1) as died,
        count(*) as heads
      from reps
      where valid_from < date '2026-04-01'
      group by region, year(valid_from), month(valid_from), year(valid_until), month(valid_until)
    ) as atoms
    join (
      select unnest('[
        (2026-01-01, 2026-02-01),
        (2026-02-01, 2026-03-01),
        (2026-03-01, 2026-04-01)
      ]'::struct(month date, next date)[], recursive := true)
    ) as cells(month, next) on atoms.born < cells.next
      and (atoms.died is null or atoms.died >= cells.next)
    group by atoms."rep.region", cells.month
  ) as rows
) as facts
-- $1 = "1"
