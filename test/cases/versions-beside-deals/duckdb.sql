select
  month,
  "rep.region",
  coalesce(max(revenue), 0) as revenue,
  coalesce(max(headcount), 0) as headcount,
  coalesce(max(revenue), 0) / nullif(max(headcount), 0) as revenue_per_head
from (
  select
    rep.region as "rep.region",
    make_date(year(deals.closed_on), month(deals.closed_on), 1) as month,
    sum(deals.amount) as revenue,
    null as headcount
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
    and rep.valid_from <= deals.closed_on
    and (rep.valid_until is null or deals.closed_on < rep.valid_until)
  where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
  group by rep.region, year(deals.closed_on), month(deals.closed_on)
  union all
  select
    atoms."rep.region" as "rep.region",
    cells.month as month,
    null as revenue,
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
) as facts
group by "rep.region", month
having coalesce(max(headcount), 0) > $1
order by revenue desc nulls last, "rep.region" nulls last, month nulls last
-- $1 = "0"
