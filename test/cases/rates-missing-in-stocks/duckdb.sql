select month, coalesce(max(open_value), 0) as open_value, coalesce(max(large_open), 0) as large_open
from (
  select
    cells.month as month,
    sum(
      case
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
      end
    ) as open_value,
    null as large_open
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.created_on
  join (
    select unnest('[
      (2026-01-01, 2026-02-01)
    ]'::struct(month date, next date)[], recursive := true)
  ) as cells(month, next) on deals.created_on < cells.next
    and (deals.closed_on is null or deals.closed_on >= cells.next)
  where deals.rep_id <> $1
  group by cells.month
  union all
  select cells.month as month, null as open_value, count(*) as large_open
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.created_on
  join (
    select unnest('[
      (2026-01-01, 2026-02-01)
    ]'::struct(month date, next date)[], recursive := true)
  ) as cells(month, next) on deals.created_on < cells.next
    and (deals.closed_on is null or deals.closed_on >= cells.next)
  where deals.rep_id <> $1
    and case
      when deals.created_on < cells.next
      and (deals.closed_on is null or deals.closed_on >= cells.next)
      and deals.rep_id <> $1 then case
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
  group by cells.month
  union all
  select month, null as open_value, null as large_open
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(1) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "r3"
-- $2 = "100"
