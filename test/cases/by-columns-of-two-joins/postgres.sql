select
  rep.region::text collate "C" as "rep.region",
  account.industry::text collate "C" as "account.industry",
  coalesce(sum(deals.amount), 0) as revenue,
  min(deals.amount) as "least"
from deals
left join reps as rep on rep.rep_id = deals.rep_id
left join accounts as account on account.account_id = deals.account_id
group by rep.region, account.industry
order by "rep.region" nulls last, "account.industry" nulls last
