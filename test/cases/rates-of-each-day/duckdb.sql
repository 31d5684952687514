select
  deals.deal_id as deal_id,
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
  ) as revenue,
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
  ) as revenue_of_column,
  coalesce(
    sum(
      case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'EUR' then deals.amount::decimal(38, 18)
        when rate_eur_2.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(
            timezone('Europe/Madrid', deals.signed_at::timestamptz)::date::varchar,
            'no day'
          )
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur_2.rate)::decimal(38, 18)
      end
    ),
    0
  ) as revenue_signed,
  coalesce(
    sum(
      case
        when deals.amount * $1 is null then null::decimal(38, 18)
        when deals.code = 'EUR' then (deals.amount * $1)::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(deals.closed_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount * $1 + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ),
    0
  ) as revenue_net,
  coalesce(
    sum(
      case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'USD' then deals.amount::decimal(38, 18)
        when rate_usd.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|USD|'
          || coalesce(deals.closed_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_usd.rate)::decimal(38, 18)
      end
    ),
    0
  ) as revenue_in_dollars,
  coalesce(
    sum(
      case
        when deals.fee is null then null::decimal(38, 18)
        when $2 = 'EUR' then deals.fee
        when rate_eur_3.rate is null then error(
          'M9019|'
          || coalesce($2::varchar, 'no currency')
          || '|EUR|'
          || coalesce(deals.closed_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else (deals.fee * rate_eur_3.rate)::decimal(38, 18)
      end
    ),
    0
  ) as fees,
  coalesce(
    sum(
      case
        when deals.cost is null then null::decimal(38, 18)
        when $3 = 'USD' then deals.cost::decimal(38, 18)
        when rate_usd_2.rate is null then error(
          'M9019|'
          || coalesce($3::varchar, 'no currency')
          || '|USD|'
          || coalesce(deals.closed_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.cost + 0::decimal(38, 0)) * rate_usd_2.rate)::decimal(38, 18)
      end
    ),
    0
  ) as costs_in_dollars
from deals
asof left join (
  select from_currency as currency, rate_date as day, rate
  from fx
  where to_currency = 'EUR' and rate is not null
) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
asof left join (
  select from_currency as currency, rate_date as day, rate
  from fx
  where to_currency = 'EUR' and rate is not null
) as rate_eur_2 on rate_eur_2.currency = deals.code and rate_eur_2.day <= timezone(
  'Europe/Madrid',
  deals.signed_at::timestamptz
)::date
asof left join (
  select from_currency as currency, rate_date as day, rate
  from fx
  where to_currency = 'USD' and rate is not null
) as rate_usd on rate_usd.currency = deals.code and rate_usd.day <= deals.closed_on
asof left join (
  select from_currency as currency, rate_date as day, rate
  from fx
  where to_currency = 'EUR' and rate is not null
) as rate_eur_3 on rate_eur_3.currency = $2 and rate_eur_3.day <= deals.closed_on
asof left join (
  select from_currency as currency, rate_date as day, rate
  from fx
  where to_currency = 'USD' and rate is not null
) as rate_usd_2 on rate_usd_2.currency = $3 and rate_usd_2.day <= deals.closed_on
where deals.deal_id <> $4
group by deals.deal_id
order by deal_id nulls last
-- $1 = "0.9"
-- $2 = "USD"
-- $3 = "EUR"
-- $4 = "f"
