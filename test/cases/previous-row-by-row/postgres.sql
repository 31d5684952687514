select
  call_id,
  called_on - previous_1 as gap,
  previous_2::text collate "C" as topic_before,
  previous_3::text collate "C" as topic_twice_before,
  previous_4::text collate "C" as region_before,
  previous_5::text collate "C" as segment_before,
  count(*) as call_count
from (
  select
    calls.call_id as call_id,
    calls.called_on as called_on,
    case
      when calls.called_on is not null then lag(calls.called_on) over (
        partition by calls.account_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_1,
    case
      when calls.called_on is not null then lag(calls.topic) over (
        partition by calls.account_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_2,
    case
      when calls.called_on is not null then lag(calls.previous_1) over (
        partition by calls.account_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_3,
    case
      when calls.called_on is not null then lag(rep.region) over (
        partition by calls.account_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_4,
    case
      when calls.called_on is not null then lag(account.segment) over (
        partition by calls.rep_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_5
  from (
    select
      called_on,
      account_id,
      call_id,
      topic,
      rep_id,
      case
        when called_on is not null then lag(topic) over (
          partition by account_id, called_on is null
          order by called_on, call_id
        )
      end as previous_1
    from calls
  ) as calls
  left join reps as rep on rep.rep_id = calls.rep_id
    and rep.valid_from <= calls.called_on
    and (rep.valid_until is null or calls.called_on < rep.valid_until)
  left join accounts as account on account.account_id = calls.account_id
) as calls
group by call_id, 2, previous_2, previous_3, previous_4, previous_5
order by
  call_id nulls last,
  gap nulls last,
  topic_before nulls last,
  topic_twice_before nulls last,
  region_before nulls last,
  segment_before nulls last
