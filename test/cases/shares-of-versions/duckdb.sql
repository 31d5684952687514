select
  month,
  "rep.region",
  headcount,
  headcount / nullif(head_share_total, 0) as head_share,
  headcount / nullif(head_share_in_month_total, 0) as head_share_in_month,
  head_place_rank as head_place
from (
  select
    groups."rep.region" as "rep.region",
    groups.month as month,
    groups.headcount as headcount,
    groups.head_share_total as head_share_total,
    totals_2.head_share_in_month_total as head_share_in_month_total,
    case
      when coalesce(groups.headcount, 0) > 0 and coalesce(groups.headcount, 0) is not null then rank() over (
        partition by groups.month, coalesce(groups.headcount, 0) > 0
        and coalesce(groups.headcount, 0) is not null
        order by coalesce(groups.headcount, 0) desc nulls last
      )
    end as head_place_rank
  from (
    select
      groups."rep.region" as "rep.region",
      groups.month as month,
      groups.headcount as headcount,
      totals.head_share_total as head_share_total
    from (
      select
        atoms."rep.region" as "rep.region",
        cells.month as month,
        sum(atoms.headcount) as headcount
      from (
        select
          region as "rep.region",
          make_date(year(valid_from), month(valid_from), 1) as born,
          make_date(year(valid_until), month(valid_until), 1) as died,
          count(*) as headcount
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
    ) as groups
    left join (
      select count(*) as head_share_total
      from reps
      where valid_from < date '2026-04-01'
        and (valid_until is null or valid_until >= date '2026-04-01')
    ) as totals on true
  ) as groups
  left join (
    select cells.month as month, sum(atoms.headcount) as head_share_in_month_total
    from (
      select
        make_date(year(valid_from), month(valid_from), 1) as born,
        make_date(year(valid_until), month(valid_until), 1) as died,
        count(*) as headcount
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
  ) as totals_2 on groups.month is not distinct from totals_2.month
) as ranked
order by month nulls last, "rep.region" nulls last
