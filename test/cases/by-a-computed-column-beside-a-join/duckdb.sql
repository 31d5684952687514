select
  deals.stage = $1 as "deals.is_won",
  account.industry as "account.industry",
  coalesce(sum(deals.amount), 0) as revenue,
  min(deals.amount) as least
from deals
left join accounts as account on account.account_id = deals.account_id
group by 1, account.industry
order by "deals.is_won" nulls last, "account.industry" nulls last
-- $1 = "won"
