with deals_facts as (
  select rep.region as "rep.region", deals.rep_id as rep, deals.most as most
  from (
    select rep_id, max(amount) as most
    from deals
    group by rep_id
  ) as deals
  left join reps as rep on rep.rep_id = deals.rep_id
)
select
  groups."rep.region" as "rep.region",
  groups.rep as rep,
  groups.most as most,
  case
    when totals.floor_total_found then totals.floor_total
    else case when null then null else $1 end
  end as floor
from (
  select "rep.region", rep, max(most) as most
  from (
    select "rep.region", rep, most
    from deals_facts
    union all
    select "rep.region", rep, null as most
    from (
      select distinct region as "rep.region", rep_id as rep
      from reps
    ) as rows
  ) as facts
  group by "rep.region", rep
) as groups
left join (
  select
    rep.region as "rep.region",
    case when max(deals.most) > $2 then max(deals.most) else $1 end as floor_total,
    true as floor_total_found
  from (
    select rep_id, max(amount) as most
    from deals
    group by rep_id
  ) as deals
  left join reps as rep on rep.rep_id = deals.rep_id
  group by rep.region
) as totals on groups."rep.region" is not distinct from totals."rep.region"
order by "rep.region" nulls last, rep nulls last
-- $1 = "-1"
-- $2 = "10"
