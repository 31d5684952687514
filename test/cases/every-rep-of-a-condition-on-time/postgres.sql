with deals_facts as (
  select rep_id as rep, count(*) as deal_count
  from deals
  where closed_on >= date '2026-03-01' and closed_on < date '2026-04-01'
  group by rep_id
),
deals_facts_2 as (
  select deals.rep_id as rep, count(*) as deal_count
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
  where rep.hired_on < date '2026-03-01'
    and deals.closed_on >= date '2026-03-01'
    and deals.closed_on < date '2026-04-01'
  group by deals.rep_id
),
deals_facts_3 as (
  select deals.rep_id as rep, count(*) as deal_count
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
  where date_trunc('month', rep.hired_on::timestamp)::date = $1::date
    and deals.closed_on >= date '2026-03-01'
    and deals.closed_on < date '2026-04-01'
  group by deals.rep_id
)
select max(mean) as mean, max(mean_2) as of_those_there, max(mean_3) as of_hired_in_may
from (
  select
    avg(mean)::double precision as mean,
    null::double precision as mean_2,
    null::double precision as mean_3
  from (
    select rep, coalesce(max(deal_count), 0) as mean
    from (
      select rep, deal_count
      from deals_facts
      union all
      select rep, null::bigint as deal_count
      from (
        select distinct rep_id as rep
        from reps
      ) as rows
    ) as facts
    group by rep
  ) as rows
  union all
  select
    null::double precision as mean,
    avg(mean_2)::double precision as mean_2,
    null::double precision as mean_3
  from (
    select rep, coalesce(max(deal_count), 0) as mean_2
    from (
      select rep, deal_count
      from deals_facts_2
      union all
      select rep, null::bigint as deal_count
      from (
        select distinct rep_id as rep
        from reps
        where hired_on < date '2026-03-01'
      ) as rows
    ) as facts
    group by rep
  ) as rows
  union all
  select
    null::double precision as mean,
    null::double precision as mean_2,
    avg(mean_3)::double precision as mean_3
  from (
    select rep, coalesce(max(deal_count), 0) as mean_3
    from (
      select rep, deal_count
      from deals_facts_3
      union all
      select rep, null::bigint as deal_count
      from (
        select distinct rep_id as rep
        from reps
        where date_trunc('month', hired_on::timestamp)::date = $1::date
      ) as rows
    ) as facts
    group by rep
  ) as rows
) as facts
-- $1 = "2025-05-01"
