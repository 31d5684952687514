select
  "rep.region"::text collate "C" as "rep.region",
  coalesce(max(lead_count), 0) as lead_count,
  coalesce(max(again), 0) as again,
  coalesce(max(again), 0)::double precision / nullif(max(lead_count), 0) as rate,
  max(last_again) as last_again,
  max(first_rate) as first_rate,
  coalesce(max(again_2), 0)::double precision / nullif(max(again_rows), 0) as rate_of_north
from (
  select
    rep.region as "rep.region",
    count(*) as lead_count,
    count(*) filter (where rep.region = $1) as again_rows,
    null::bigint as again,
    null::bigint as again_2,
    null::bigint as last_again,
    null::double precision as first_rate
  from leads
  left join reps as rep on rep.country = leads.country
    and rep.number = leads.rep_number
    and rep.valid_from <= leads.received_on
    and (rep.valid_until is null or leads.received_on < rep.valid_until)
  where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-04-01'
  group by rep.region
  union all
  select
    rep.region as "rep.region",
    null::bigint as lead_count,
    null::bigint as again_rows,
    count(*) as again,
    count(*) filter (where rep.region = $1) as again_2,
    null::bigint as last_again,
    null::double precision as first_rate
  from leads
  left join reps as rep on rep.country = leads.country
    and rep.number = leads.rep_number
    and rep.valid_from <= leads.received_on
    and (rep.valid_until is null or leads.received_on < rep.valid_until)
  where exists (
      select 1
      from (
        select account_id as key_1, lead_id as row_1, received_on as moment
        from leads
        where received_on >= date '2026-01-01' and received_on < date '2026-05-03'
      ) as leads_after
      where leads_after.key_1 = leads.account_id
        and leads_after.moment >= leads.received_on
        and leads_after.moment <= leads.received_on + 30
        and not (leads_after.row_1 = leads.lead_id)
    )
    and leads.received_on >= date '2026-01-01'
    and leads.received_on < date '2026-04-01'
  group by rep.region
  union all
  select
    "rep.region",
    null::bigint as lead_count,
    null::bigint as again_rows,
    null::bigint as again,
    null::bigint as again_2,
    (array_agg(last_again order by month desc nulls last) filter (where last_again is not null))[1] as last_again,
    (array_agg(first_rate order by month nulls last) filter (where first_rate is not null))[1] as first_rate
  from (
    select
      "rep.region",
      month,
      coalesce(max(again), 0) as last_again,
      coalesce(max(again), 0)::double precision / nullif(max(again_rows), 0) as first_rate
    from (
      select
        rep.region as "rep.region",
        date_trunc('month', leads.received_on::timestamp)::date as month,
        count(*) as again,
        null::bigint as again_rows
      from leads
      left join reps as rep on rep.country = leads.country
        and rep.number = leads.rep_number
        and rep.valid_from <= leads.received_on
        and (rep.valid_until is null or leads.received_on < rep.valid_until)
      where exists (
          select 1
          from (
            select account_id as key_1, lead_id as row_1, received_on as moment
            from leads
            where received_on >= date '2026-01-01' and received_on < date '2026-05-03'
          ) as leads_after
          where leads_after.key_1 = leads.account_id
            and leads_after.moment >= leads.received_on
            and leads_after.moment <= leads.received_on + 30
            and not (leads_after.row_1 = leads.lead_id)
        )
        and leads.received_on >= date '2026-01-01'
        and leads.received_on < date '2026-04-01'
      group by rep.region, 2
      union all
      select
        rep.region as "rep.region",
        date_trunc('month', leads.received_on::timestamp)::date as month,
        null::bigint as again,
        count(*) as again_rows
      from leads
      left join reps as rep on rep.country = leads.country
        and rep.number = leads.rep_number
        and rep.valid_from <= leads.received_on
        and (rep.valid_until is null or leads.received_on < rep.valid_until)
      where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-04-01'
      group by rep.region, 2
    ) as facts
    group by "rep.region", month
  ) as rows
  group by "rep.region"
) as facts
group by "rep.region"
order by "rep.region" nulls last
-- $1 = "North"
