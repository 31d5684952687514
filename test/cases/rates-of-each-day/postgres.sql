select
  deals.deal_id::text collate "C" as deal_id,
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
  ) as revenue,
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
  ) as revenue_of_column,
  coalesce(
    sum(
      case
        when deals.amount is null then null
        when deals.code = 'EUR' then deals.amount
        when rate_eur_2.rate is null then (
          'M9019|'
          || coalesce(deals.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(timezone('Europe/Madrid', deals.signed_at::timestamptz)::date::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_eur_2.rate
      end
    ),
    0
  ) as revenue_signed,
  coalesce(
    sum(
      case
        when deals.amount * $1::numeric is null then null
        when deals.code = 'EUR' then deals.amount * $1::numeric
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(deals.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(deals.closed_on::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * $1::numeric * rate_eur.rate
      end
    ),
    0
  ) as revenue_net,
  coalesce(
    sum(
      case
        when deals.amount is null then null
        when deals.code = 'USD' then deals.amount
        when rate_usd.rate is null then (
          'M9019|'
          || coalesce(deals.code::text::text, 'no currency')
          || '|USD|'
          || coalesce(deals.closed_on::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_usd.rate
      end
    ),
    0
  ) as revenue_in_dollars,
  coalesce(
    sum(
      case
        when deals.fee is null then null
        when $2::text = 'EUR' then deals.fee
        when rate_eur_3.rate is null then (
          'M9019|'
          || coalesce($2::text::text, 'no currency')
          || '|EUR|'
          || coalesce(deals.closed_on::text, 'no day')
          || '|'
        )::numeric
        else deals.fee * rate_eur_3.rate
      end
    ),
    0
  ) as fees,
  coalesce(
    sum(
      case
        when deals.cost is null then null
        when $3::text = 'USD' then deals.cost
        when rate_usd_2.rate is null then (
          'M9019|'
          || coalesce($3::text::text, 'no currency')
          || '|USD|'
          || coalesce(deals.closed_on::text, 'no day')
          || '|'
        )::numeric
        else deals.cost * rate_usd_2.rate
      end
    ),
    0
  ) as costs_in_dollars
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
left join lateral (
  select *
  from (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur_2
  where rate_eur_2.currency = deals.code and rate_eur_2.day <= timezone(
    'Europe/Madrid',
    deals.signed_at::timestamptz
  )::date
  order by rate_eur_2.day desc
  limit 1
) as rate_eur_2 on true
left join lateral (
  select *
  from (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'USD' and rate is not null
  ) as rate_usd
  where rate_usd.currency = deals.code and rate_usd.day <= deals.closed_on
  order by rate_usd.day desc
  limit 1
) as rate_usd on true
left join lateral (
  select *
  from (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur_3
  where rate_eur_3.currency = $2 and rate_eur_3.day <= deals.closed_on
  order by rate_eur_3.day desc
  limit 1
) as rate_eur_3 on true
left join lateral (
  select *
  from (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'USD' and rate is not null
  ) as rate_usd_2
  where rate_usd_2.currency = $3 and rate_usd_2.day <= deals.closed_on
  order by rate_usd_2.day desc
  limit 1
) as rate_usd_2 on true
where deals.deal_id <> $4
group by deals.deal_id
order by deal_id nulls last
-- $1 = "0.9"
-- $2 = "USD"
-- $3 = "EUR"
-- $4 = "f"
