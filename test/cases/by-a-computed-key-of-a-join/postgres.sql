select
  lower(translate(deals.rep_code::text, 'İΣ', 'iσ') collate "und-x-icu") collate "C" as rep,
  account.industry::text collate "C" as "account.industry",
  coalesce(sum(deals.amount), 0) as revenue,
  min(deals.amount) as "least"
from deals
left join accounts as account on account.account_id = deals.account_id
group by 1, account.industry
order by rep nulls last, "account.industry" nulls last
