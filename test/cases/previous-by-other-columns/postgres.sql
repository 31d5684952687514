select
  call_id,
  previous_1 as minutes_with_rep,
  previous_2 as minutes_of_segment,
  minutes + coalesce(previous_3, $1::bigint) as minutes_of_two,
  previous_4 is null as is_first,
  previous_5 as calls_of_account,
  count(*) as call_count
from (
  select
    calls.call_id as call_id,
    calls.minutes as minutes,
    case
      when calls.called_on is not null then lag(calls.minutes) over (
        partition by calls.account_id, calls.rep_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_1,
    case
      when calls.called_on is not null then lag(calls.minutes) over (
        partition by account.segment, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_2,
    case
      when calls.called_on is not null then lag(calls.minutes) over (
        partition by calls.account_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_3,
    case
      when calls.called_on is not null then lag(calls.call_id) over (
        partition by calls.account_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_4,
    case
      when calls.called_on is not null then lag(case
        when account.account_id is not null then coalesce(account_calls_rolled.rolled_1, 0)
      end) over (
        partition by calls.account_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_5
  from calls
  left join accounts as account on account.account_id = calls.account_id
  left join (
    select account_id, count(*) as rolled_1
    from calls
    group by account_id
  ) as account_calls_rolled on account_calls_rolled.account_id = account.account_id
) as calls
group by call_id, previous_1, previous_2, 4, 5, previous_5
order by
  call_id nulls last,
  minutes_with_rep nulls last,
  minutes_of_segment nulls last,
  minutes_of_two nulls last,
  is_first nulls last,
  calls_of_account nulls last
-- $1 = "0"
