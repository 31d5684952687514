with deals_facts as (
  select rep_id as rep, make_date(year(closed_on), month(closed_on), 1) as month, sum(amount) as won
  from (
    select
      deals.stage as stage,
      deals.closed_on as closed_on,
      deals.amount as amount,
      deals.rep_id as rep_id
    from crm.deals
    left join crm.reps as rep on rep.rep_id = deals.rep_id
    where rep.region = $1
  ) as deals
  where stage = $2 and closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by rep_id, year(closed_on), month(closed_on)
)
select month, max(per_rep) as per_rep
from (
  select month, avg(per_rep) as per_rep
  from (
    select rep, month, coalesce(max(won), 0) as per_rep
    from (
      select rep, month, won
      from deals_facts
      union all
      select members.rep as rep, groups.month as month, null as won
      from (
        select distinct month
        from deals_facts
      ) as groups
      cross join (
        select distinct rep_id as rep
        from (
          select rep_id
          from crm.reps
          where region = $1
        ) as reps
      ) as members
    ) as facts
    group by rep, month
  ) as rows
  group by month
  union all
  select month, null as per_rep
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "north"
-- $2 = "won"
