with deals_facts as (
  select
    rep_id as rep,
    make_date(year(closed_on), month(closed_on), 1) as month,
    sum(amount) as revenue
  from deals
  where rep_id in ($1, $2, $3)
    and closed_on <> $4
    and closed_on >= date '2026-01-01'
    and closed_on < date '2026-04-01'
  group by rep_id, year(closed_on), month(closed_on)
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
      and reps.rep_id in ($1, $2, $3)
  ) as members on (groups.month = members.month or groups.month is null and members.month is null)
) as facts
group by rep, month
order by month nulls last, rep nulls last
-- $1 = "r1"
-- $2 = "r2"
-- $3 = "r3"
-- $4 = "2026-03-01"
