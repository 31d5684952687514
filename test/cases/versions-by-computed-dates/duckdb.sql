select
  calls.call_id as "calls.call_id",
  rep.region as "rep.region",
  rep_at_opening.region as "rep_at_opening.region",
  rep_before.region as "rep_before.region",
  before_rep.region as "before.rep.region",
  count(*) as call_count
from (
  select
    call_id,
    rep_id,
    called_on,
    account_id,
    case
      when called_on is not null then lag(called_on) over (
        partition by account_id, called_on is null
        order by called_on, call_id
      )
    end as previous_1,
    case
      when called_on is not null then lag(call_id) over (
        partition by account_id, called_on is null
        order by called_on, call_id
      )
    end as previous_2
  from calls
) as calls
left join reps as rep on rep.rep_id = calls.rep_id
  and rep.valid_from + 1 <= calls.called_on
  and (rep.valid_until + 1 is null or calls.called_on < rep.valid_until + 1)
left join reps as rep_before on rep_before.rep_id = calls.rep_id
  and rep_before.valid_from + 1 <= calls.previous_1
  and (rep_before.valid_until + 1 is null or calls.previous_1 < rep_before.valid_until + 1)
left join calls as before on before.call_id = calls.previous_2
left join reps as before_rep on before_rep.rep_id = before.rep_id
  and before_rep.valid_from + 1 <= calls.called_on
  and (before_rep.valid_until + 1 is null or calls.called_on < before_rep.valid_until + 1)
left join accounts as account on account.account_id = calls.account_id
left join reps as rep_at_opening on rep_at_opening.rep_id = calls.rep_id
  and rep_at_opening.valid_from + 1 <= account.opened_on
  and (rep_at_opening.valid_until + 1 is null or account.opened_on < rep_at_opening.valid_until + 1)
group by calls.call_id, rep.region, rep_at_opening.region, rep_before.region, before_rep.region
order by
  "calls.call_id" nulls last,
  "rep.region" nulls last,
  "rep_at_opening.region" nulls last,
  "rep_before.region" nulls last,
  "before.rep.region" nulls last
