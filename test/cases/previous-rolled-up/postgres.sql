select
  "account.longest_gap",
  "account.calls_after_a_gap",
  coalesce(max(account_count), 0) as account_count,
  coalesce(max(call_count), 0) as call_count
from (
  select
    calls_rolled.rolled_1 as "account.longest_gap",
    coalesce(calls_rolled.rolled_2, 0) as "account.calls_after_a_gap",
    count(*) as account_count,
    null::bigint as call_count
  from accounts
  left join (
    select
      account_id,
      max(called_on - previous_1) as rolled_1,
      count(*) filter (where called_on - previous_1 > $1::bigint) as rolled_2
    from (
      select
        account_id,
        called_on,
        call_id,
        case
          when called_on is not null then lag(called_on) over (
            partition by account_id, called_on is null
            order by called_on, call_id
          )
        end as previous_1
      from calls
    ) as calls
    group by account_id
  ) as calls_rolled on calls_rolled.account_id = accounts.account_id
  group by calls_rolled.rolled_1, 2
  union all
  select
    case when account.account_id is not null then account_calls_rolled.rolled_1 end as "account.longest_gap",
    case when account.account_id is not null then coalesce(account_calls_rolled.rolled_2, 0) end as "account.calls_after_a_gap",
    null::bigint as account_count,
    sum(calls.call_count) as call_count
  from (
    select account_id, count(*) as call_count
    from calls
    group by account_id
  ) as calls
  left join accounts as account on account.account_id = calls.account_id
  left join (
    select
      account_id,
      max(called_on - previous_1) as rolled_1,
      count(*) filter (where called_on - previous_1 > $1::bigint) as rolled_2
    from (
      select
        account_id,
        called_on,
        call_id,
        case
          when called_on is not null then lag(called_on) over (
            partition by account_id, called_on is null
            order by called_on, call_id
          )
        end as previous_1
      from calls
    ) as calls
    group by account_id
  ) as account_calls_rolled on account_calls_rolled.account_id = account.account_id
  group by 1, 2
) as facts
group by "account.longest_gap", "account.calls_after_a_gap"
order by "account.longest_gap" nulls last, "account.calls_after_a_gap" nulls last
-- $1 = "5"
