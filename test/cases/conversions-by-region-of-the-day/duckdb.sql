select
  "rep.region",
  coalesce(max(lead_count), 0) as lead_count,
  coalesce(max(again), 0) as again,
  coalesce(max(again), 0) / nullif(max(lead_count), 0) as rate,
  max(last_again) as last_again,
  max(first_rate) as first_rate,
  coalesce(max(again_2), 0) / nullif(max(again_rows), 0) as rate_of_north
from (
  select
    rep.region as "rep.region",
    count(*) as lead_count,
    count(*) filter (where rep.region = $1) as again_rows,
    null as again,
    null as again_2,
    null as last_again,
    null as first_rate
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
    null as lead_count,
    null as again_rows,
    count(*) as again,
    count(*) filter (where rep.region = $1) as again_2,
    null as last_again,
    null as first_rate
  from leads
  left join reps as rep on rep.country = leads.country
    and rep.number = leads.rep_number
    and rep.valid_from <= leads.received_on
    and (rep.valid_until is null or leads.received_on < rep.valid_until)
  semi join (
    select account_id as key_1, lead_id as row_1, received_on as moment
    from leads
    where received_on >= date '2026-01-01' and received_on < date '2026-05-03'
  ) as leads_after on leads_after.key_1 = leads.account_id
    and leads_after.moment >= leads.received_on
    and leads_after.moment <= leads.received_on + 30
    and not (leads_after.row_1 = leads.lead_id)
  where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-04-01'
  group by rep.region
  union all
  select
    "rep.region",
    null as lead_count,
    null as again_rows,
    null as again,
    null as again_2,
    arg_max(last_again, (month is not null, month)) filter (where last_again is not null) as last_again,
    arg_min(first_rate, (month is null, month)) filter (where first_rate is not null) as first_rate
  from (
    select
      "rep.region",
      month,
      coalesce(max(again), 0) as last_again,
      coalesce(max(again), 0) / nullif(max(again_rows), 0) as first_rate
    from (
      select
        rep.region as "rep.region",
        make_date(year(leads.received_on), month(leads.received_on), 1) as month,
        count(*) as again,
        null as again_rows
      from leads
      left join reps as rep on rep.country = leads.country
        and rep.number = leads.rep_number
        and rep.valid_from <= leads.received_on
        and (rep.valid_until is null or leads.received_on < rep.valid_until)
      semi join (
        select account_id as key_1, lead_id as row_1, received_on as moment
        from leads
        where received_on >= date '2026-01-01' and received_on < date '2026-05-03'
      ) as leads_after on leads_after.key_1 = leads.account_id
        and leads_after.moment >= leads.received_on
        and leads_after.moment <= leads.received_on + 30
        and not (leads_after.row_1 = leads.lead_id)
      where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-04-01'
      group by rep.region, year(leads.received_on), month(leads.received_on)
      union all
      select
        rep.region as "rep.region",
        make_date(year(leads.received_on), month(leads.received_on), 1) as month,
        null as again,
        count(*) as again_rows
      from leads
      left join reps as rep on rep.country = leads.country
        and rep.number = leads.rep_number
        and rep.valid_from <= leads.received_on
        and (rep.valid_until is null or leads.received_on < rep.valid_until)
      where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-04-01'
      group by rep.region, year(leads.received_on), month(leads.received_on)
    ) as facts
    group by "rep.region", month
  ) as rows
  group by "rep.region"
) as facts
group by "rep.region"
order by "rep.region" nulls last
-- $1 = "North"
