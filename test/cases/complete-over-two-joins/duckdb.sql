with calls_facts as (
  select
    deal.rep_id as "deal.rep",
    deal_rep.region as "deal.rep.region",
    sum(calls.call_count) as call_count
  from (
    select deal_id, count(*) as call_count
    from calls
    group by deal_id
  ) as calls
  left join deals as deal on deal.deal_id = calls.deal_id
  left join reps as deal_rep on deal_rep.rep_id = deal.rep_id
  group by deal.rep_id, deal_rep.region
)
select "deal.rep", "deal.rep.region", coalesce(max(call_count), 0) as call_count
from (
  select "deal.rep", "deal.rep.region", call_count
  from calls_facts
  union all
  select "deal.rep", "deal.rep.region", null as call_count
  from (
    select distinct rep_id as "deal.rep", region as "deal.rep.region"
    from reps
  ) as rows
) as facts
group by "deal.rep", "deal.rep.region"
order by "deal.rep" nulls last, "deal.rep.region" nulls last
