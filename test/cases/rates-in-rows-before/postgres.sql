select
  deals.rep_id::text collate "C" as rep_id,
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
      end - deals.previous_1
    ),
    0
  ) as rise
from (
  select
    deals.amount as amount,
    deals.code as code,
    deals.closed_on as closed_on,
    deals.rep_id as rep_id,
    case
      when deals.closed_on is not null then lag(case
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
      end) over (
        partition by deals.rep_id, deals.closed_on is null
        order by deals.closed_on, deals.deal_id::text collate "C"
      )
    end as previous_1
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
) as deals
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
order by rep_id nulls last
