select month, max(balance) as balance, max(first_balance) as first_balance
from (
  select
    month,
    (array_agg(balance_2 order by day desc nulls last) filter (where balance_2 is not null))[1] as balance,
    (array_agg(balance_2 order by day nulls last) filter (where balance_2 is not null))[1] as first_balance
  from (
    select
      date_trunc(
        'month',
        (
          taken_at + make_interval(secs => case
            when taken_at < timestamp '2026-03-29 01:00:00' then 3600
            else 7200
          end)
        )::date::timestamp
      )::date as month,
      (
        taken_at + make_interval(secs => case
          when taken_at < timestamp '2026-03-29 01:00:00' then 3600
          else 7200
        end)
      )::date as day,
      coalesce(sum(amount), 0) as balance_2
    from balances
    where taken_at >= timestamp '2025-12-31 23:00:00' and taken_at < timestamp '2026-03-31 22:00:00'
    group by 2
  ) as rows
  group by month
  union all
  select month, null::numeric as balance, null::numeric as first_balance
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
