with deals_facts as (
  select
    deals.rep_id as rep,
    rep.region as "rep.region",
    cells.period_end - rep.hired_on as "rep.tenure",
    cells.month as month,
    sum(deals.amount) as amount
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
  join (
    values
      (date '2026-01-01', date '2026-01-31', date '2026-01-01', date '2026-02-01'),
      ('2026-02-01', '2026-02-28', '2026-02-01', '2026-03-01')
  ) as cells(month, period_end, "from", until) on deals.closed_on >= cells."from"
    and deals.closed_on < cells.until
  where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-03-01'
  group by deals.rep_id, rep.region, 3, cells.month
)
select
  rep::text collate "C" as rep,
  "rep.region"::text collate "C" as "rep.region",
  "rep.tenure",
  month,
  coalesce(max(amount), 0) as amount
from (
  select rep, "rep.region", "rep.tenure", month, amount
  from deals_facts
  union all
  select
    members.rep as rep,
    members."rep.region" as "rep.region",
    members."rep.tenure" as "rep.tenure",
    groups.month as month,
    null::bigint as amount
  from (
    select distinct month
    from deals_facts
  ) as groups
  join (
    select distinct
      reps.rep_id as rep,
      reps.region as "rep.region",
      cells.period_end - reps.hired_on as "rep.tenure",
      cells.month as month
    from reps
    cross join (
      values
        (date '2026-01-01', date '2026-01-31'),
        ('2026-02-01', '2026-02-28')
    ) as cells(month, period_end)
  ) as members on (groups.month = members.month or groups.month is null and members.month is null)
) as facts
group by rep, "rep.region", "rep.tenure", month
order by rep nulls last, "rep.region" nulls last, "rep.tenure" nulls last, month nulls last
