select
  coalesce(max(revenue_at_end), 0) as revenue_at_end,
  coalesce(max(revenue_as_of), 0) as revenue_as_of,
  coalesce(max(revenue_at_end_2), 0) as at_end_before
from (
  select
    sum(
      case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'EUR' then deals.amount::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(date '2026-03-31'::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as revenue_at_end,
    sum(
      case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'EUR' then deals.amount::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(date '2026-03-31'::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as revenue_as_of,
    null as revenue_at_end_2
  from deals
  left join (
    select
      from_currency as currency,
      arg_max(rate, (rate_date is not null, rate_date)) filter (where rate is not null) as rate
    from fx
    where to_currency = 'EUR' and rate is not null and rate_date <= date '2026-03-31'
    group by from_currency
  ) as rate_eur on rate_eur.currency = deals.code
  where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
  union all
  select
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
          || coalesce(date '2026-02-28'::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as revenue_at_end_2
  from deals
  left join (
    select
      from_currency as currency,
      arg_max(rate, (rate_date is not null, rate_date)) filter (where rate is not null) as rate
    from fx
    where to_currency = 'EUR' and rate is not null and rate_date <= date '2026-02-28'
    group by from_currency
  ) as rate_eur on rate_eur.currency = deals.code
  where deals.closed_on >= date '2025-12-01' and deals.closed_on < date '2026-03-01'
) as facts
