select
  account.industry::text collate "C" as "account.industry",
  min(deals."least") as "least",
  max(deals.most) as most,
  sum(deals.average_sum)::double precision / nullif(sum(deals.average_count), 0) as average,
  coalesce(sum(deals.kept), 0) as kept
from (
  select
    account_id,
    min(amount) as "least",
    max(amount) as most,
    sum(amount) as average_sum,
    count(amount) as average_count,
    sum(amount * $1::numeric) as kept
  from deals
  group by account_id
) as deals
left join accounts as account on account.account_id = deals.account_id
group by account.industry
order by "account.industry" nulls last
-- $1 = "0.9"
