select
  date_trunc('month', lead.received_on::timestamp)::date as month,
  lead_rep.region::text collate "C" as "lead.rep.region",
  coalesce(sum(parts.amount), 0) as parts_sum
from parts
left join leads as lead on lead.lead_id = parts.lead_id
left join reps as lead_rep on lead_rep.country = lead.country
  and lead_rep.number = lead.rep_number
  and lead_rep.valid_from <= lead.received_on
  and (lead_rep.valid_until is null or lead.received_on < lead_rep.valid_until)
group by lead_rep.region, 1
order by month nulls last, "lead.rep.region" nulls last
