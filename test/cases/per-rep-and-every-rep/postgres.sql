with deals_facts_2 as (
  select rep.region as "rep.region", deals.rep as rep, deals.won_revenue as won_revenue
  from (
    select rep, sum(amount) as won_revenue
    from deals
    where state = $1 and closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
    group by rep
  ) as deals
  left join reps as rep on rep.rep = deals.rep
)
select
  "rep.region"::text collate "C" as "rep.region",
  max(per_rep) as per_rep,
  max(per_every_rep) as per_every_rep,
  coalesce(max(big_reps), 0) as big_reps
from (
  select
    "rep.region",
    avg(per_rep)::double precision as per_rep,
    null::double precision as per_every_rep,
    null::bigint as big_reps
  from (
    select "rep.region", rep, coalesce(won_revenue, 0) as per_rep
    from (
      select rep.region as "rep.region", deals.rep as rep, deals.won_revenue as won_revenue
      from (
        select rep, sum(amount) as won_revenue
        from deals
        where state = $1 and closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
        group by rep
      ) as deals
      left join reps as rep on rep.rep = deals.rep
    ) as groups
    offset 0
  ) as rows
  group by "rep.region"
  union all
  select
    "rep.region",
    null::double precision as per_rep,
    avg(per_every_rep)::double precision as per_every_rep,
    null::bigint as big_reps
  from (
    select "rep.region", rep, coalesce(max(won_revenue), 0) as per_every_rep
    from (
      select "rep.region", rep, won_revenue
      from deals_facts_2
      union all
      select groups."rep.region" as "rep.region", members.rep as rep, null::numeric as won_revenue
      from (
        select distinct "rep.region"
        from deals_facts_2
      ) as groups
      join (
        select distinct region as "rep.region", rep
        from reps
      ) as members on (
          groups."rep.region" = members."rep.region"
          or groups."rep.region" is null and members."rep.region" is null
        )
    ) as facts
    group by "rep.region", rep
  ) as rows
  group by "rep.region"
  union all
  select
    "rep.region",
    null::double precision as per_rep,
    null::double precision as per_every_rep,
    count(big_reps) as big_reps
  from (
    select "rep.region", rep, coalesce(won_revenue, 0) as big_reps
    from (
      select rep.region as "rep.region", deals.rep as rep, deals.won_revenue as won_revenue
      from (
        select rep, sum(amount) as won_revenue
        from deals
        where state = $1 and closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
        group by rep
      ) as deals
      left join reps as rep on rep.rep = deals.rep
    ) as rows
    where coalesce(won_revenue, 0) > $2::bigint
    offset 0
  ) as rows
  group by "rep.region"
) as facts
group by "rep.region"
order by "rep.region" nulls last
-- $1 = "won"
-- $2 = "50"
