select
  month,
  "rep.region"::text collate "C" as "rep.region",
  coalesce(max(first_calls), 0) as first_calls,
  coalesce(max(called_again), 0) as called_again
from (
  select
    rep.region as "rep.region",
    date_trunc('month', calls.called_on::timestamp)::date as month,
    count(*) as first_calls,
    null::bigint as called_again
  from (
    select
      called_on,
      rep_id,
      case
        when called_on is not null then lag(call_id) over (
          partition by account_id, called_on is null
          order by called_on, call_id
        )
      end as previous_1
    from calls
  ) as calls
  left join reps as rep on rep.rep_id = calls.rep_id
    and rep.valid_from <= calls.called_on
    and (rep.valid_until is null or calls.called_on < rep.valid_until)
  where calls.previous_1 is null
    and calls.called_on >= date '2026-01-01'
    and calls.called_on < date '2026-03-01'
  group by rep.region, 2
  union all
  select
    rep.region as "rep.region",
    date_trunc('month', calls.called_on::timestamp)::date as month,
    null::bigint as first_calls,
    count(*) as called_again
  from (
    select
      called_on,
      account_id,
      call_id,
      rep_id,
      case
        when called_on is not null then lag(call_id) over (
          partition by account_id, called_on is null
          order by called_on, call_id
        )
      end as previous_1
    from calls
  ) as calls
  left join reps as rep on rep.rep_id = calls.rep_id
    and rep.valid_from <= calls.called_on
    and (rep.valid_until is null or calls.called_on < rep.valid_until)
  where calls.previous_1 is null
    and exists (
      select 1
      from (
        select account_id as key_1, call_id as row_1, called_on as moment
        from (
          select
            called_on,
            account_id,
            call_id,
            case
              when called_on is not null then lag(call_id) over (
                partition by account_id, called_on is null
                order by called_on, call_id
              )
            end as previous_1
          from calls
        ) as calls
        where called_on >= date '2026-01-01'
          and called_on < date '2026-03-13'
          and previous_1 is not null
      ) as calls_after
      where calls_after.key_1 = calls.account_id
        and calls_after.moment >= calls.called_on
        and calls_after.moment <= calls.called_on + 10
        and not (calls_after.row_1 = calls.call_id)
    )
    and calls.called_on >= date '2026-01-01'
    and calls.called_on < date '2026-03-01'
  group by rep.region, 2
) as facts
group by "rep.region", month
order by month nulls last, "rep.region" nulls last
