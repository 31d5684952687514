select month, "rep.region", coalesce(max(sold), 0) as sold, coalesce(max(heads), 0) as heads
from (
  select
    rep.region as "rep.region",
    make_date(year(deals.closed_on), month(deals.closed_on), 1) as month,
    sum(deals.amount) as sold,
    null as heads
  from (
    select deals.closed_on as closed_on, deals.amount as amount, deals.rep_id as rep_id
    from crm.deals
    left join crm.reps as rep on rep.rep_id = deals.rep_id
      and rep.valid_from <= deals.closed_on
      and (rep.valid_until is null or deals.closed_on < rep.valid_until)
    where rep.region = $1
  ) as deals
  left join (
    select region, rep_id, valid_from, valid_until
    from crm.reps
    where region = $1
  ) as rep on rep.rep_id = deals.rep_id
    and rep.valid_from <= deals.closed_on
    and (rep.valid_until is null or deals.closed_on < rep.valid_until)
  where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
  group by rep.region, year(deals.closed_on), month(deals.closed_on)
  union all
  select
    atoms."rep.region" as "rep.region",
    cells.month as month,
    null as sold,
    sum(atoms.heads) as heads
  from (
    select
      region as "rep.region",
      make_date(year(valid_from), month(valid_from), 1) as born,
      make_date(year(valid_until), month(valid_until), 1) as died,
      count(*) as heads
    from (
      select valid_from, valid_until, region
      from crm.reps
      where region = $1
    ) as reps
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
order by month nulls last, "rep.region" nulls last
-- $1 = "south"
