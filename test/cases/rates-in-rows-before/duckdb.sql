select
  deals.rep_id as rep_id,
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
      end) over (
        partition by deals.rep_id, deals.closed_on is null
        order by deals.closed_on, deals.deal_id
      )
    end as previous_1
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
) as deals
asof left join (
  select from_currency as currency, rate_date as day, rate
  from fx
  where to_currency = 'EUR' and rate is not null
) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
group by deals.rep_id
order by rep_id nulls last
