with orders_facts as (
  select
    orders.account_id as account,
    account_owner.owner as "account.owner.owner",
    account_owner_now.owner as "account.owner_now.owner",
    count(*) as orders_placed
  from orders
  left join accounts as account on account.account_id = orders.account_id
  left join owners as account_owner on account_owner.account_id = account.account_id
    and account_owner.from_day <= account.opened_on
    and (account_owner.until_day is null or account.opened_on < account_owner.until_day)
  left join owners as account_owner_now on account_owner_now.account_id = account.account_id
    and account_owner_now.from_day < date '2026-04-01'
    and (account_owner_now.until_day is null or account_owner_now.until_day >= date '2026-04-01')
  where orders.placed_at >= timestamp '2026-01-31 23:00:00'
    and orders.placed_at < timestamp '2026-02-28 23:00:00'
  group by orders.account_id, account_owner.owner, account_owner_now.owner
)
select
  account::text collate "C" as account,
  "account.owner.owner"::text collate "C" as "account.owner.owner",
  "account.owner_now.owner"::text collate "C" as "account.owner_now.owner",
  coalesce(max(orders_placed), 0) as orders_placed
from (
  select account, "account.owner.owner", "account.owner_now.owner", orders_placed
  from orders_facts
  union all
  select account, "account.owner.owner", "account.owner_now.owner", null::bigint as orders_placed
  from (
    select distinct
      accounts.account_id as account,
      owner.owner as "account.owner.owner",
      owner_now.owner as "account.owner_now.owner"
    from accounts
    left join owners as owner on owner.account_id = accounts.account_id
      and owner.from_day <= accounts.opened_on
      and (owner.until_day is null or accounts.opened_on < owner.until_day)
    left join owners as owner_now on owner_now.account_id = accounts.account_id
      and owner_now.from_day < date '2026-04-01'
      and (owner_now.until_day is null or owner_now.until_day >= date '2026-04-01')
  ) as rows
) as facts
group by account, "account.owner.owner", "account.owner_now.owner"
order by account nulls last, "account.owner.owner" nulls last, "account.owner_now.owner" nulls last
