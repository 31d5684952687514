select
  lower(deal_account.owner_code) as "deal.rep",
  deal_rep.region as "deal.rep.region",
  deal_account.backup_id as "deal.backup",
  deal_backup.region as "deal.backup.region",
  count(*) as call_count
from calls
left join deals as deal on deal.deal_id = calls.deal_id
left join accounts as deal_account on deal_account.account_id = deal.account_id
left join reps as deal_rep on deal_rep.rep_id = lower(deal_account.owner_code)
left join reps as deal_backup on deal_backup.rep_id = deal_account.backup_id
group by 1, deal_rep.region, deal_account.backup_id, deal_backup.region
order by
  "deal.rep" nulls last,
  "deal.rep.region" nulls last,
  "deal.backup" nulls last,
  "deal.backup.region" nulls last
