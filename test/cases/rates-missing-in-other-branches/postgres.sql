select
  coalesce(max(without_francs), 0) as without_francs,
  coalesce(max(francs_are_nothing), 0) as francs_are_nothing
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
          || coalesce(deals.closed_on::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_eur.rate
      end
    ) as without_francs,
    null::numeric as francs_are_nothing
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
  where deals.code is not null
    and deals.code <> $1
    and deals.closed_on >= date '2026-02-01'
    and deals.closed_on < date '2026-04-01'
  union all
  select
    null::numeric as without_francs,
    sum(
      case
        when deals.code = $1 then $2::bigint
        else case
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
      end
    ) as francs_are_nothing
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
  where deals.code is not null
    and deals.closed_on >= date '2026-02-01'
    and deals.closed_on < date '2026-04-01'
) as facts
-- $1 = "CHF"
-- $2 = "0"
