select
  call_id,
  coalesce(max(again), 0) as again,
  coalesce(max(again_in_the_region), 0) as again_in_the_region
from (
  select
    calls.call_id as call_id,
    count(*) as again,
    null as again_rows,
    null as again_in_the_region
  from calls
  semi join (
    select account_id as key_1, call_id as row_1, called_on as moment
    from calls
  ) as calls_after on calls_after.key_1 = calls.account_id
    and calls_after.moment >= calls.called_on
    and not (calls_after.row_1 = calls.call_id)
  group by calls.call_id
  union all
  select call_id, null as again, count(*) as again_rows, null as again_in_the_region
  from calls
  group by call_id
  union all
  select
    calls.call_id as call_id,
    null as again,
    null as again_rows,
    count(*) as again_in_the_region
  from calls
  left join reps as rep on rep.rep_id = calls.rep_id
    and rep.valid_from <= calls.called_on
    and (rep.valid_until is null or calls.called_on < rep.valid_until)
  semi join (
    select
      calls.account_id as key_1,
      rep.region as key_2,
      calls.call_id as row_1,
      calls.called_on as moment
    from calls
    left join reps as rep on rep.rep_id = calls.rep_id
      and rep.valid_from <= calls.called_on
      and (rep.valid_until is null or calls.called_on < rep.valid_until)
  ) as calls_after on calls_after.key_1 = calls.account_id
    and calls_after.key_2 = rep.region
    and calls_after.moment >= calls.called_on
    and not (calls_after.row_1 = calls.call_id)
  group by calls.call_id
) as facts
group by call_id
order by call_id nulls last
