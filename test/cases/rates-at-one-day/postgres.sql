select
  coalesce(max(revenue_at_end), 0) as revenue_at_end,
  coalesce(max(revenue_as_of), 0) as revenue_as_of,
  coalesce(max(revenue_at_end_2), 0) as at_end_before
from (
  select
    sum(
      case
        when deals.amount is null then null
        when deals.code = 'EUR' then deals.amount
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(deals.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(date '2026-03-31'::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_eur.rate
      end
    ) as revenue_at_end,
    sum(
      case
        when deals.amount is null then null
        when deals.code = 'EUR' then deals.amount
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(deals.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(date '2026-03-31'::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_eur.rate
      end
    ) as revenue_as_of,
    null::numeric as revenue_at_end_2
  from deals
  left join (
    select
      from_currency as currency,
      (array_agg(rate order by rate_date desc nulls last) filter (where rate is not null))[1] as rate
    from fx
    where to_currency = 'EUR' and rate is not null and rate_date <= date '2026-03-31'
    group by from_currency
  ) as rate_eur on rate_eur.currency = deals.code
  where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
  union all
  select
    null::numeric as revenue_at_end,
    null::numeric as revenue_as_of,
    sum(
      case
        when deals.amount is null then null
        when deals.code = 'EUR' then deals.amount
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(deals.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(date '2026-02-28'::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_eur.rate
      end
    ) as revenue_at_end_2
  from deals
  left join (
    select
      from_currency as currency,
      (array_agg(rate order by rate_date desc nulls last) filter (where rate is not null))[1] as rate
    from fx
    where to_currency = 'EUR' and rate is not null and rate_date <= date '2026-02-28'
    group by from_currency
  ) as rate_eur on rate_eur.currency = deals.code
  where deals.closed_on >= date '2025-12-01' and deals.closed_on < date '2026-03-01'
) as facts
