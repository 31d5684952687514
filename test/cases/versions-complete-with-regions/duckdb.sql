with deals_facts as (
  select
    deals.rep_id as rep,
    rep.region as "rep.region",
    sum(deals.amount) as revenue,
    count(*) as revenue_rows
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
    and rep.valid_from <= deals.closed_on
    and (rep.valid_until is null or deals.closed_on < rep.valid_until)
  where deals.closed_on >= date '2026-02-01' and deals.closed_on < date '2026-03-01'
  group by deals.rep_id, rep.region
)
select
  rep,
  "rep.region",
  coalesce(revenue, 0) as revenue,
  revenue_place_rank as revenue_place,
  coalesce(revenue_of_all_reps_total, 0) as revenue_of_all_reps
from (
  select
    groups.rep as rep,
    groups."rep.region" as "rep.region",
    groups.revenue as revenue,
    groups.revenue_rows as revenue_rows,
    totals.revenue_of_all_reps_total as revenue_of_all_reps_total,
    case
      when coalesce(groups.revenue_rows, 0) > 0 and coalesce(groups.revenue, 0) is not null then rank() over (
        partition by coalesce(groups.revenue_rows, 0) > 0
        and coalesce(groups.revenue, 0) is not null
        order by coalesce(groups.revenue, 0) desc nulls last
      )
    end as revenue_place_rank
  from (
    select rep, "rep.region", max(revenue) as revenue, max(revenue_rows) as revenue_rows
    from (
      select rep, "rep.region", revenue, revenue_rows
      from deals_facts
      union all
      select rep, "rep.region", null as revenue, null as revenue_rows
      from (
        select distinct rep_id as rep, region as "rep.region"
        from reps
        where valid_from < date '2026-03-01'
          and (valid_until is null or valid_until > date '2026-02-01')
      ) as rows
    ) as facts
    group by rep, "rep.region"
  ) as groups
  left join (
    select coalesce(sum(amount), 0) as revenue_of_all_reps_total
    from deals
    where closed_on >= date '2026-02-01' and closed_on < date '2026-03-01'
  ) as totals on true
) as ranked
order by rep nulls last, "rep.region" nulls last
