select
  coalesce(max(revenue_as_of), 0) as revenue_as_of,
  max(largest) as largest,
  coalesce(max(of_good_reps), 0) as of_good_reps
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
          || coalesce(date '2026-02-10'::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_eur.rate
      end
    ) as revenue_as_of,
    null::numeric as largest,
    null::numeric as of_good_reps
  from deals
  left join (
    select
      from_currency as currency,
      (array_agg(rate order by rate_date desc nulls last) filter (where rate is not null))[1] as rate
    from fx
    where to_currency = 'EUR' and rate is not null and rate_date <= date '2026-02-10'
    group by from_currency
  ) as rate_eur on rate_eur.currency = deals.code
  union all
  select
    null::numeric as revenue_as_of,
    max(
      case
        when deals.amount is null then null
        when deals.code = 'EUR' then deals.amount
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(deals.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(deals.closed_on::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_eur.rate
      end
    ) as largest,
    null::numeric as of_good_reps
  from deals
  left join lateral (
    select *
    from (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur
    where rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
    order by rate_eur.day desc
    limit 1
  ) as rate_eur on true
  union all
  select null::numeric as revenue_as_of, null::numeric as largest, sum(of_good_reps) as of_good_reps
  from (
    select
      deals.rep_id as "deals.rep_id",
      coalesce(
        sum(
          case
            when deals.amount is null then null
            when deals.code = 'EUR' then deals.amount
            when rate_eur.rate is null then (
              'M9019|'
              || coalesce(deals.code::text::text, 'no currency')
              || '|EUR|'
              || coalesce(deals.closed_on::text, 'no day')
              || '|'
            )::numeric
            else deals.amount * rate_eur.rate
          end
        ),
        0
      ) as of_good_reps
    from deals
    left join lateral (
      select *
      from (
        select from_currency as currency, rate_date as day, rate
        from fx
        where to_currency = 'EUR' and rate is not null
      ) as rate_eur
      where rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
      order by rate_eur.day desc
      limit 1
    ) as rate_eur on true
    group by deals.rep_id
    having coalesce(
        sum(
          case
            when deals.amount is null then null
            when deals.code = 'EUR' then deals.amount
            when rate_eur.rate is null then (
              'M9019|'
              || coalesce(deals.code::text::text, 'no currency')
              || '|EUR|'
              || coalesce(deals.closed_on::text, 'no day')
              || '|'
            )::numeric
            else deals.amount * rate_eur.rate
          end
        ),
        0
      ) > $1::bigint
  ) as rows
) as facts
-- $1 = "100"
