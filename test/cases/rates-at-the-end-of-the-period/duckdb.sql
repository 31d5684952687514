select
  month,
  coalesce(max(revenue_at_end), 0) as revenue_at_end,
  coalesce(max(revenue_at_end_2), 0) as at_end_before,
  coalesce(max(revenue_as_of), 0) as revenue_as_of
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
          || coalesce(cells.period_end::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as revenue_at_end,
    sum(
      case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'EUR' then deals.amount::decimal(38, 18)
        when rate_eur_2.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(cells.as_of::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur_2.rate)::decimal(38, 18)
      end
    ) as revenue_as_of,
    null as revenue_at_end_2
  from deals
  join (
    select unnest('[
      (2026-02-01, 2026-02-28, 2026-02-28, 2026-02-01, 2026-03-01),
      (2026-03-01, 2026-03-31, 2026-03-19, 2026-03-01, 2026-04-01)
    ]'::struct(month date, period_end date, as_of date, "from" date, until date)[], recursive := true)
  ) as cells(month, period_end, as_of, "from", until) on deals.closed_on >= cells."from"
    and deals.closed_on < cells.until
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= cells.period_end
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur_2 on rate_eur_2.currency = deals.code and rate_eur_2.day <= cells.as_of
  where deals.closed_on >= date '2026-02-01' and deals.closed_on < date '2026-04-01'
  group by cells.month
  union all
  select
    cells.month as month,
    null as revenue_at_end,
    null as revenue_as_of,
    sum(
      case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'EUR' then deals.amount::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(cells.period_end::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as revenue_at_end_2
  from deals
  join (
    select unnest('[
      (2026-02-01, 2026-01-31, 2026-01-01, 2026-02-01),
      (2026-03-01, 2026-02-28, 2026-02-01, 2026-03-01)
    ]'::struct(month date, period_end date, "from" date, until date)[], recursive := true)
  ) as cells(month, period_end, "from", until) on deals.closed_on >= cells."from"
    and deals.closed_on < cells.until
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= cells.period_end
  where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-03-01'
  group by cells.month
  union all
  select month, null as revenue_at_end, null as revenue_as_of, null as revenue_at_end_2
  from (
    select (date '2026-02-01' + to_months(step::int))::date as month from range(2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
