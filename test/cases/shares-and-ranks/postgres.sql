with deals_facts as (
  select
    rep.region as "rep.region",
    deals.rep as rep,
    deals.won_revenue as won_revenue,
    deals.won_revenue_rows as won_revenue_rows
  from (
    select rep, sum(amount) as won_revenue, count(*) as won_revenue_rows
    from deals
    where state = $1 and closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
    group by rep
  ) as deals
  left join reps as rep on rep.rep = deals.rep
)
select
  "rep.region"::text collate "C" as "rep.region",
  rep::text collate "C" as rep,
  coalesce(won_revenue, 0) as won_revenue,
  coalesce(won_revenue, 0)::double precision / nullif(portion_total, 0) as portion,
  coalesce(won_revenue, 0)::double precision / nullif(in_region_total, 0) as in_region,
  place_rank as place,
  coalesce(portion_total, 0) as all_of_it
from (
  select
    groups."rep.region" as "rep.region",
    groups.rep as rep,
    groups.won_revenue as won_revenue,
    groups.won_revenue_rows as won_revenue_rows,
    groups.portion_total as portion_total,
    totals_2.in_region_total as in_region_total,
    case
      when coalesce(groups.won_revenue_rows, 0) > 0 and coalesce(groups.won_revenue, 0) is not null then rank() over (
        partition by coalesce(groups.won_revenue_rows, 0) > 0
        and coalesce(groups.won_revenue, 0) is not null
        order by coalesce(groups.won_revenue, 0) desc nulls last
      )
    end as place_rank
  from (
    select
      groups."rep.region" as "rep.region",
      groups.rep as rep,
      groups.won_revenue as won_revenue,
      groups.won_revenue_rows as won_revenue_rows,
      totals.portion_total as portion_total
    from (
      select
        "rep.region",
        rep,
        max(won_revenue) as won_revenue,
        max(won_revenue_rows) as won_revenue_rows
      from (
        select "rep.region", rep, won_revenue, won_revenue_rows
        from deals_facts
        union all
        select "rep.region", rep, null::numeric as won_revenue, null::bigint as won_revenue_rows
        from (
          select distinct region as "rep.region", rep
          from reps
        ) as rows
      ) as facts
      group by "rep.region", rep
    ) as groups
    left join (
      select coalesce(sum(amount), 0) as portion_total
      from deals
      where state = $1 and closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
    ) as totals on true
  ) as groups
  left join (
    select rep.region as "rep.region", coalesce(sum(deals.won_revenue), 0) as in_region_total
    from (
      select rep, sum(amount) as won_revenue
      from deals
      where state = $1 and closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
      group by rep
    ) as deals
    left join reps as rep on rep.rep = deals.rep
    group by rep.region
  ) as totals_2 on groups."rep.region" is not distinct from totals_2."rep.region"
  offset 0
) as ranked
order by "rep.region" nulls last, rep nulls last
-- $1 = "won"
