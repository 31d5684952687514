with deals_facts as (
  select
    case
      when case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'EUR' then deals.amount::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(deals.created_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end >= $1 then $2
      else $3
    end as size,
    make_date(year(deals.closed_on), month(deals.closed_on), 1) as month,
    count(*) as deal_count
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.created_on
  where deals.closed_on >= date '2026-02-01' and deals.closed_on < date '2026-03-01'
  group by 1, year(deals.closed_on), month(deals.closed_on)
)
select month, size, coalesce(max(deal_count), 0) as deal_count
from (
  select size, month, deal_count
  from deals_facts
  union all
  select groups.size as size, buckets.month as month, null as deal_count
  from (
    select distinct size
    from deals_facts
  ) as groups
  cross join (
    select (date '2026-02-01' + to_months(step::int))::date as month from range(1) as steps(step)
  ) as buckets
) as facts
group by size, month
order by month nulls last, size nulls last
-- $1 = "100"
-- $2 = "large"
-- $3 = "small"
