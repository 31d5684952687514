select
  "account.segment",
  coalesce(max(before), 0) as before,
  coalesce(max(followed), 0) as followed,
  coalesce(max(counted), 0) as counted
from (
  select
    account.segment as "account.segment",
    sum(deals.before) as before,
    sum(deals.followed_rows) as followed_rows,
    null as followed,
    null as counted
  from (
    select
      account_id,
      sum(previous_1) as before,
      count(*) filter (where stage = $1) as followed_rows
    from (
      select
        stage,
        account_id,
        case
          when closed_on is not null then lag(amount) over (
            partition by account_id, closed_on is null
            order by closed_on, deal_id
          )
        end as previous_1
      from (
        select closed_on, account_id, deal_id, amount, stage
        from crm.deals
        where rep_id = $2
      ) as deals
    ) as deals
    group by account_id
  ) as deals
  left join crm.accounts as account on account.account_id = deals.account_id
  group by account.segment
  union all
  select
    account.segment as "account.segment",
    null as before,
    null as followed_rows,
    sum(deals.followed) as followed,
    null as counted
  from (
    select deals.account_id as account_id, count(*) as followed
    from (
      select stage, closed_on, account_id, deal_id
      from crm.deals
      where rep_id = $2
    ) as deals
    semi join (
      select account_id as key_1, deal_id as row_1, closed_on as moment
      from (
        select closed_on, account_id, deal_id
        from crm.deals
        where rep_id = $2
      ) as deals
    ) as deals_after on deals_after.key_1 = deals.account_id
      and deals_after.moment >= deals.closed_on
      and not (deals_after.row_1 = deals.deal_id)
    where deals.stage = $1
    group by deals.account_id
  ) as deals
  left join crm.accounts as account on account.account_id = deals.account_id
  group by account.segment
  union all
  select
    accounts.segment as "account.segment",
    null as before,
    null as followed_rows,
    null as followed,
    sum(coalesce(deals_rolled.rolled_1, 0)) as counted
  from crm.accounts
  left join (
    select account_id, count(*) as rolled_1
    from (
      select account_id, closed_on, deal_id
      from crm.deals
      where rep_id = $2
    ) as deals
    group by account_id
  ) as deals_rolled on deals_rolled.account_id = accounts.account_id
  group by accounts.segment
) as facts
group by "account.segment"
order by "account.segment" nulls last
-- $1 = "won"
-- $2 = "r1"
