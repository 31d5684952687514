select month, coalesce(max(revenue), 0) as ten_days
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
          || coalesce(deals.closed_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as revenue
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
  join (
    select unnest('[
      (2026-01-01, 2026-01-22, 2026-02-01),
      (2026-02-01, 2026-02-19, 2026-03-01),
      (2026-03-01, 2026-03-22, 2026-04-01)
    ]'::struct(month date, "from" date, until date)[], recursive := true)
  ) as cells(month, "from", until) on deals.closed_on >= cells."from"
    and deals.closed_on < cells.until
  where deals.closed_on >= date '2026-01-22' and deals.closed_on < date '2026-04-01'
  group by cells.month
  union all
  select month, null as revenue
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
