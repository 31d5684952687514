with reps_facts as (
  select
    atoms."rep.region" as "rep.region",
    cells.month as month,
    sum(atoms.heads) filter (where cells.view = 1) as heads,
    sum(atoms.heads) filter (where cells.view = 2) as heads_2
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
      (2026-01-01, 2026-02-01, 1),
      (2026-02-01, 2026-03-01, 1),
      (2026-03-01, 2026-04-01, 1),
      (2026-01-01, 2026-01-01, 2),
      (2026-02-01, 2026-02-01, 2),
      (2026-03-01, 2026-03-01, 2)
    ]'::struct(month date, next date, view bigint)[], recursive := true)
  ) as cells(month, next, view) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by atoms."rep.region", cells.month
)
select
  groups.month as month,
  groups."rep.region" as "rep.region",
  coalesce(groups.heads, 0) as heads,
  case when coalesce(groups.heads, 0) > 0 then coalesce(groups.heads, 0) end as heads_or_nothing,
  coalesce(totals.heads_of_region_total, 0) as heads_of_region,
  coalesce(groups.heads, 0) - coalesce(groups.heads_2, 0) as more_heads
from (
  select "rep.region", month, max(heads) as heads, max(heads_2) as heads_2
  from (
    select "rep.region", month, heads, heads_2
    from reps_facts
    union all
    select
      groups."rep.region" as "rep.region",
      buckets.month as month,
      null as heads,
      null as heads_2
    from (
      select distinct "rep.region"
      from reps_facts
    ) as groups
    cross join (
      select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
    ) as buckets
  ) as facts
  group by "rep.region", month
) as groups
left join (
  select region as "rep.region", count(*) as heads_of_region_total
  from reps
  where valid_from < date '2026-04-01' and (valid_until is null or valid_until >= date '2026-04-01')
  group by region
) as totals on groups."rep.region" is not distinct from totals."rep.region"
order by month nulls last, "rep.region" nulls last
