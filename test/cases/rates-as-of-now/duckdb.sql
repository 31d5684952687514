select
  coalesce(max(revenue_as_of), 0) as revenue_as_of,
  max(largest) as largest,
  coalesce(max(of_good_reps), 0) as of_good_reps
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
          || coalesce(date '2026-02-10'::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as revenue_as_of,
    null as largest,
    null as of_good_reps
  from deals
  left join (
    select
      from_currency as currency,
      arg_max(rate, (rate_date is not null, rate_date)) filter (where rate is not null) as rate
    from fx
    where to_currency = 'EUR' and rate is not null and rate_date <= date '2026-02-10'
    group by from_currency
  ) as rate_eur on rate_eur.currency = deals.code
  union all
  select
    null as revenue_as_of,
    max(
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
    ) as largest,
    null as of_good_reps
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
  union all
  select null as revenue_as_of, null as largest, sum(of_good_reps) as of_good_reps
  from (
    select
      deals.rep_id as "deals.rep_id",
      coalesce(
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
        ),
        0
      ) as of_good_reps
    from deals
    asof left join (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
    group by deals.rep_id
    having coalesce(
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
        ),
        0
      ) > $1
  ) as rows
) as facts
-- $1 = "100"
