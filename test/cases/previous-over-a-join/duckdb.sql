select
  call.called_on - call.previous_1 as "call.gap",
  case when call.call_id is not null then call.previous_2 is null end as "call.is_first",
  case when call.call_id is not null then call.previous_3 end as "call.region_before",
  count(*) as note_count
from notes
left join (
  select
    calls.called_on as called_on,
    calls.call_id as call_id,
    case
      when calls.called_on is not null then lag(calls.called_on) over (
        partition by calls.account_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_1,
    case
      when calls.called_on is not null then lag(calls.call_id) over (
        partition by calls.account_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_2,
    case
      when calls.called_on is not null then lag(rep.region) over (
        partition by calls.account_id, calls.called_on is null
        order by calls.called_on, calls.call_id
      )
    end as previous_3
  from calls
  left join reps as rep on rep.rep_id = calls.rep_id
    and rep.valid_from <= calls.called_on
    and (rep.valid_until is null or calls.called_on < rep.valid_until)
) as call on call.call_id = notes.call_id
group by 1, 2, 3
order by "call.gap" nulls last, "call.is_first" nulls last, "call.region_before" nulls last
