with leads_facts as (
  select rep.country as "rep.country", rep.number as "rep.number", count(*) as lead_count
  from leads
  left join reps as rep on rep.country = leads.country
    and rep.number = leads.rep_number
    and rep.valid_from <= leads.received_on
    and (rep.valid_until is null or leads.received_on < rep.valid_until)
  where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-02-01'
  group by rep.country, rep.number
)
select
  "rep.country"::text collate "C" as "rep.country",
  "rep.number",
  coalesce(max(lead_count), 0) as lead_count
from (
  select "rep.country", "rep.number", lead_count
  from leads_facts
  union all
  select "rep.country", "rep.number", null::bigint as lead_count
  from (
    select distinct country as "rep.country", number as "rep.number"
    from reps
    where valid_from < date '2026-02-01'
      and (valid_until is null or valid_until > date '2026-01-01')
  ) as rows
) as facts
group by "rep.country", "rep.number"
order by "rep.country" nulls last, "rep.number" nulls last
