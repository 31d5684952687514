select
  rep_id as rep,
  avg(called_on - previous_3) as mean_gap,
  count(*) filter (where previous_1 is null) as first_calls,
  count(*) filter (where topic = previous_2) as repeats
from (
  select
    rep_id,
    called_on,
    topic,
    case
      when called_on is not null then lag(call_id) over (
        partition by account_id, called_on is null
        order by called_on, call_id
      )
    end as previous_1,
    case
      when called_on is not null then lag(topic) over (
        partition by account_id, called_on is null
        order by called_on, call_id
      )
    end as previous_2,
    case
      when called_on is not null then lag(called_on) over (
        partition by account_id, called_on is null
        order by called_on, call_id
      )
    end as previous_3
  from calls
) as calls
where rep_id = $1 and called_on > $2
group by rep_id
order by rep nulls last
-- $1 = "p"
-- $2 = "2026-01-11"
