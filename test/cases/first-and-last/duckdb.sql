select
  rep_id as rep,
  arg_min(amount, (closed_on is null, closed_on, deal_id)) filter (where amount is not null) as first_amount,
  arg_max(amount, (closed_on is not null, closed_on, deal_id)) filter (where amount is not null) as last_amount
from crm.deals
group by rep_id
order by rep nulls last
