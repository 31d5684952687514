with deals_facts as (
  select
    deals.rep as rep,
    rep.region as "rep.region",
    case when rep.rep is not null then coalesce(rep_deals_rolled.rolled_1, 0) end as "rep.deals",
    sum(deals.amount) as revenue,
    count(*) as revenue_rows
  from deals
  left join reps as rep on rep.rep = deals.rep
    and rep.valid_from <= deals.closed_on
    and (rep.valid_until is null or deals.closed_on < rep.valid_until)
  left join (
    select rep, count(*) as rolled_1
    from deals
    group by rep
  ) as rep_deals_rolled on rep_deals_rolled.rep = rep.rep
  where deals.rep <> $1
  group by deals.rep, rep.region, 3
)
select
  rep,
  "rep.region",
  "rep.deals",
  coalesce(revenue, 0) as revenue,
  coalesce(revenue_of_all_total, 0) as revenue_of_all,
  place_rank as place
from (
  select
    groups.rep as rep,
    groups."rep.region" as "rep.region",
    groups."rep.deals" as "rep.deals",
    groups.revenue as revenue,
    groups.revenue_rows as revenue_rows,
    totals.revenue_of_all_total as revenue_of_all_total,
    case
      when coalesce(groups.revenue_rows, 0) > 0 and coalesce(groups.revenue, 0) is not null then rank() over (
        partition by coalesce(groups.revenue_rows, 0) > 0
        and coalesce(groups.revenue, 0) is not null
        order by coalesce(groups.revenue, 0) desc nulls last
      )
    end as place_rank
  from (
    select
      rep,
      "rep.region",
      "rep.deals",
      max(revenue) as revenue,
      max(revenue_rows) as revenue_rows
    from (
      select rep, "rep.region", "rep.deals", revenue, revenue_rows
      from deals_facts
      union all
      select rep, "rep.region", "rep.deals", null as revenue, null as revenue_rows
      from (
        select distinct
          reps.rep as rep,
          reps.region as "rep.region",
          coalesce(deals_rolled.rolled_1, 0) as "rep.deals"
        from reps
        left join (
          select rep, count(*) as rolled_1
          from deals
          group by rep
        ) as deals_rolled on deals_rolled.rep = reps.rep
        where reps.valid_from is not null and reps.rep <> $1
      ) as rows
    ) as facts
    group by rep, "rep.region", "rep.deals"
  ) as groups
  left join (
    select coalesce(sum(amount), 0) as revenue_of_all_total
    from deals
    where rep <> $1
  ) as totals on true
) as ranked
order by rep nulls last, "rep.region" nulls last, "rep.deals" nulls last
-- $1 = "r"
