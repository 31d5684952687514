select
  month,
  coalesce(max(deal_count), 0) as deal_count,
  coalesce(max(large_deals), 0) as large_deals
from (
  select
    make_date(year(deals.closed_on), month(deals.closed_on), 1) as month,
    count(*) as deal_count,
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
    ) as revenue,
    null as large_deals
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
  where deals.closed_on >= date '2026-01-01'
    and deals.closed_on < date '2026-04-01'
    and case
      when deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01' then case
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
      end >= $1
      else false
    end
  group by year(deals.closed_on), month(deals.closed_on)
  union all
  select
    make_date(year(deals.closed_on), month(deals.closed_on), 1) as month,
    null as deal_count,
    null as revenue,
    count(*) as large_deals
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
  where deals.closed_on >= date '2026-01-01'
    and deals.closed_on < date '2026-04-01'
    and case
      when deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01' then case
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
      end >= $1
      and case
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
      end >= $2
      else false
    end
  group by year(deals.closed_on), month(deals.closed_on)
  union all
  select month, null as deal_count, null as revenue, null as large_deals
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
having coalesce(max(revenue), 0) < $3
order by month nulls last
-- $1 = "90"
-- $2 = "100"
-- $3 = "200"
