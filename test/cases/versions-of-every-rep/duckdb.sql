with deals_facts as (
  select
    rep.region as "rep.region",
    deals.rep_id as rep,
    make_date(year(deals.closed_on), month(deals.closed_on), 1) as month,
    sum(deals.amount) as revenue
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
    and rep.valid_from <= deals.closed_on
    and (rep.valid_until is null or deals.closed_on < rep.valid_until)
  where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
  group by rep.region, deals.rep_id, year(deals.closed_on), month(deals.closed_on)
)
select
  month,
  "rep.region",
  avg(per_every_rep) as per_every_rep,
  count(per_every_rep) as reps_counted
from (
  select "rep.region", rep, month, coalesce(max(revenue), 0) as per_every_rep
  from (
    select "rep.region", rep, month, revenue
    from deals_facts
    union all
    select
      groups."rep.region" as "rep.region",
      members.rep as rep,
      groups.month as month,
      null as revenue
    from (
      select distinct "rep.region", month
      from deals_facts
    ) as groups
    join (
      select distinct reps.region as "rep.region", reps.rep_id as rep, cells.month as month
      from reps
      join (
        select unnest('[
          (2026-01-01, 2026-01-01, 2026-02-01),
          (2026-02-01, 2026-02-01, 2026-03-01),
          (2026-03-01, 2026-03-01, 2026-04-01)
        ]'::struct(month date, "from" date, until date)[], recursive := true)
      ) as cells(month, "from", until) on reps.valid_from < cells.until
        and (reps.valid_until is null or reps.valid_until > cells."from")
    ) as members on (
        groups."rep.region" = members."rep.region"
        or groups."rep.region" is null and members."rep.region" is null
      )
      and (groups.month = members.month or groups.month is null and members.month is null)
  ) as facts
  group by "rep.region", rep, month
) as rows
group by "rep.region", month
order by month nulls last, "rep.region" nulls last
