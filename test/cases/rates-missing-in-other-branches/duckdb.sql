select
  coalesce(max(without_francs), 0) as without_francs,
  coalesce(max(francs_are_nothing), 0) as francs_are_nothing
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
          || coalesce(deals.closed_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as without_francs,
    null as francs_are_nothing
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
  where deals.code is not null
    and deals.code <> $1
    and deals.closed_on >= date '2026-02-01'
    and deals.closed_on < date '2026-04-01'
  union all
  select
    null as without_francs,
    sum(
      case
        when deals.code = $1 then $2
        else case
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
      end
    ) as francs_are_nothing
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
  where deals.code is not null
    and deals.closed_on >= date '2026-02-01'
    and deals.closed_on < date '2026-04-01'
) as facts
-- $1 = "CHF"
-- $2 = "0"
