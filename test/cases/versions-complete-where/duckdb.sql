with deals_facts as (
  select
    deals.rep_id as rep,
    make_date(year(deals.closed_on), month(deals.closed_on), 1) as month,
    sum(deals.amount) as revenue
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
    and rep.valid_from <= deals.closed_on
    and (rep.valid_until is null or deals.closed_on < rep.valid_until)
  where rep.region = $1
    and deals.closed_on >= date '2026-01-01'
    and deals.closed_on < date '2026-04-01'
  group by deals.rep_id, year(deals.closed_on), month(deals.closed_on)
)
select month, rep, coalesce(max(revenue), 0) as revenue
from (
  select rep, month, revenue
  from deals_facts
  union all
  select groups.rep as rep, buckets.month as month, null as revenue
  from (
    select distinct rep
    from deals_facts
  ) as groups
  cross join (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
  union all
  select members.rep as rep, groups.month as month, null as revenue
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as groups
  join (
    select distinct reps.rep_id as rep, cells.month as month
    from reps
    join (
      select unnest('[
        (2026-01-01, 2026-01-01, 2026-02-01),
        (2026-02-01, 2026-02-01, 2026-03-01),
        (2026-03-01, 2026-03-01, 2026-04-01)
      ]'::struct(month date, "from" date, until date)[], recursive := true)
    ) as cells(month, "from", until) on reps.valid_from < cells.until
      and (reps.valid_until is null or reps.valid_until > cells."from")
      and reps.region = $1
  ) as members on (groups.month = members.month or groups.month is null and members.month is null)
) as facts
group by rep, month
order by month nulls last, rep nulls last
-- $1 = "South"
