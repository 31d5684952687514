select account_id::text collate "C" as "calls.account_id", count(*) as call_count
from (
  select
    called_on,
    account_id,
    case
      when called_on is not null then lag(called_on) over (
        partition by account_id, called_on is null
        order by called_on, call_id
      )
    end as previous_1
  from calls
) as calls
where called_on - previous_1 > $1::bigint
group by account_id
having avg(called_on - previous_1)::double precision < $2::bigint
order by "calls.account_id" nulls last
-- $1 = "5"
-- $2 = "30"
