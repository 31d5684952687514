select day, coalesce(max(large_open), 0) as large_open
from (
  select cells.day as day, count(*) as large_open
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.created_on
  join (
    select unnest('[
      (2026-01-03, 2026-01-04),
      (2026-01-04, 2026-01-05),
      (2026-01-05, 2026-01-06),
      (2026-01-06, 2026-01-07)
    ]'::struct(day date, next date)[], recursive := true)
  ) as cells(day, next) on deals.created_on < cells.next
    and (deals.closed_on is null or deals.closed_on >= cells.next)
  where deals.deal_id <> $1
    and case
      when deals.created_on < cells.next
      and (deals.closed_on is null or deals.closed_on >= cells.next)
      and deals.deal_id <> $1 then case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'EUR' then deals.amount::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(deals.created_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end >= $2
      else false
    end
  group by cells.day
  union all
  select day, null as large_open
  from (
    select date '2026-01-03' + step::int as day from range(4) as steps(step)
  ) as buckets
) as facts
group by day
order by day nulls last
-- $1 = "z"
-- $2 = "100"
