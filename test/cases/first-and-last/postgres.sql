select
  rep_id::text collate "C" as rep,
  (array_agg(amount order by closed_on nulls last, deal_id nulls last) filter (where amount is not null))[1] as first_amount,
  (array_agg(amount order by closed_on desc nulls last, deal_id desc nulls last) filter (where amount is not null))[1] as last_amount
from crm.deals
group by rep_id
order by rep nulls last
