with deals_facts as (
  select
    rep_id as rep,
    sum(amount) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-03-01') as won,
    sum(amount) filter (where closed_on >= date '2026-01-01' and closed_on < date '2026-02-01') as won_2,
    sum(amount) filter (where closed_on < date '2026-03-01') as won_3,
    count(*) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-03-01') as won_rows,
    count(*) filter (where closed_on >= date '2026-01-01' and closed_on < date '2026-02-01') as won_2_rows,
    count(*) filter (where closed_on < date '2026-03-01') as won_3_rows
  from (
    select
      deals.closed_on as closed_on,
      deals.stage as stage,
      deals.amount as amount,
      deals.rep_id as rep_id
    from crm.deals
    left join crm.reps as rep on rep.rep_id = deals.rep_id
    where rep.region = $1
  ) as deals
  where stage = $2 and closed_on < date '2026-03-01'
  group by rep_id
  having count(*) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-03-01') > 0
    or count(*) filter (where closed_on >= date '2026-01-01' and closed_on < date '2026-02-01') > 0
    or count(*) filter (where closed_on < date '2026-03-01') > 0
)
select
  rep::text collate "C" as rep,
  coalesce(won, 0) as won,
  place_rank as place,
  coalesce(won, 0)::double precision / nullif(part_total, 0) as part,
  coalesce(part_total, 0) as whole,
  coalesce(won_2, 0) as before,
  coalesce(won_3, 0) as so_far
from (
  select
    groups.rep as rep,
    groups.won as won,
    groups.won_2 as won_2,
    groups.won_3 as won_3,
    groups.won_rows as won_rows,
    groups.won_2_rows as won_2_rows,
    groups.won_3_rows as won_3_rows,
    totals.part_total as part_total,
    case
      when coalesce(groups.won_rows, 0) > 0 and coalesce(groups.won, 0) is not null then rank() over (
        partition by coalesce(groups.won_rows, 0) > 0 and coalesce(groups.won, 0) is not null
        order by coalesce(groups.won, 0) desc nulls last
      )
    end as place_rank
  from (
    select
      rep,
      max(won) as won,
      max(won_2) as won_2,
      max(won_3) as won_3,
      max(won_rows) as won_rows,
      max(won_2_rows) as won_2_rows,
      max(won_3_rows) as won_3_rows
    from (
      select rep, won, won_2, won_3, won_rows, won_2_rows, won_3_rows
      from deals_facts
      union all
      select
        rep,
        null::numeric as won,
        null::numeric as won_2,
        null::numeric as won_3,
        null::bigint as won_rows,
        null::bigint as won_2_rows,
        null::bigint as won_3_rows
      from (
        select distinct rep_id as rep
        from (
          select rep_id
          from crm.reps
          where region = $1
        ) as reps
      ) as rows
    ) as facts
    group by rep
  ) as groups
  left join (
    select coalesce(sum(amount), 0) as part_total
    from (
      select deals.stage as stage, deals.closed_on as closed_on, deals.amount as amount
      from crm.deals
      left join crm.reps as rep on rep.rep_id = deals.rep_id
      where rep.region = $1
    ) as deals
    where stage = $2 and closed_on >= date '2026-02-01' and closed_on < date '2026-03-01'
  ) as totals on true
  offset 0
) as ranked
order by rep nulls last
-- $1 = "north"
-- $2 = "won"
