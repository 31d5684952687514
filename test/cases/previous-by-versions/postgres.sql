select
  rep.region::text collate "C" as "rep.region",
  avg(leads.received_on - leads.previous_1)::double precision as mean_gap,
  avg(leads.received_on - leads.previous_2)::double precision as mean_gap_in_region,
  count(distinct rep.region) as regions_of_leads
from (
  select
    leads.received_on as received_on,
    leads.country as country,
    leads.rep_number as rep_number,
    case
      when leads.received_on is not null then lag(leads.received_on) over (
        partition by leads.account_id, leads.received_on is null
        order by leads.received_on, leads.lead_id
      )
    end as previous_1,
    case
      when leads.received_on is not null then lag(leads.received_on) over (
        partition by rep.region, leads.received_on is null
        order by leads.received_on, leads.lead_id
      )
    end as previous_2
  from leads
  left join reps as rep on rep.country = leads.country
    and rep.number = leads.rep_number
    and rep.valid_from <= leads.received_on
    and (rep.valid_until is null or leads.received_on < rep.valid_until)
) as leads
left join reps as rep on rep.country = leads.country
  and rep.number = leads.rep_number
  and rep.valid_from <= leads.received_on
  and (rep.valid_until is null or leads.received_on < rep.valid_until)
group by rep.region
order by "rep.region" nulls last
