select
  month,
  "rep.region"::text collate "C" as "rep.region",
  coalesce(max(revenue), 0) as revenue,
  coalesce(max(headcount), 0) as headcount,
  coalesce(max(revenue), 0)::double precision / nullif(max(headcount), 0) as revenue_per_head
from (
  select
    rep.region as "rep.region",
    date_trunc('month', deals.closed_on::timestamp)::date as month,
    sum(deals.amount) as revenue,
    null::bigint as headcount
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
    and rep.valid_from <= deals.closed_on
    and (rep.valid_until is null or deals.closed_on < rep.valid_until)
  where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
  group by rep.region, 2
  union all
  select
    atoms."rep.region" as "rep.region",
    cells.month as month,
    null::numeric as revenue,
    sum(atoms.headcount) as headcount
  from (
    select
      region as "rep.region",
      date_trunc('month', valid_from::timestamp)::date as born,
      date_trunc('month', valid_until::timestamp)::date as died,
      count(*) as headcount
    from reps
    where valid_from < date '2026-04-01'
    group by region, 2, 3
  ) as atoms
  join (
    values
      (date '2026-01-01', date '2026-02-01'),
      ('2026-02-01', '2026-03-01'),
      ('2026-03-01', '2026-04-01')
  ) as cells(month, next) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by atoms."rep.region", cells.month
) as facts
group by "rep.region", month
having coalesce(max(headcount), 0) > $1::bigint
order by revenue desc nulls last, "rep.region" nulls last, month nulls last
-- $1 = "0"
