select month, max(balance) as balance, max(first_balance) as first_balance
from (
  select
    month,
    arg_max(balance_2, (day is not null, day)) filter (where balance_2 is not null) as balance,
    arg_min(balance_2, (day is null, day)) filter (where balance_2 is not null) as first_balance
  from (
    select
      make_date(
        year(
          (
            taken_at + to_seconds(
              case when taken_at < timestamp '2026-03-29 01:00:00' then 3600 else 7200 end
            )
          )::date
        ),
        month(
          (
            taken_at + to_seconds(
              case when taken_at < timestamp '2026-03-29 01:00:00' then 3600 else 7200 end
            )
          )::date
        ),
        1
      ) as month,
      (
        taken_at + to_seconds(
          case when taken_at < timestamp '2026-03-29 01:00:00' then 3600 else 7200 end
        )
      )::date as day,
      coalesce(sum(amount), 0) as balance_2
    from balances
    where taken_at >= timestamp '2025-12-31 23:00:00' and taken_at < timestamp '2026-03-31 22:00:00'
    group by 2
  ) as rows
  group by month
  union all
  select month, null as balance, null as first_balance
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
