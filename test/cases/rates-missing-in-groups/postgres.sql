with deals_facts as (
  select
    case
      when case
        when deals.amount is null then null
        when deals.code = 'EUR' then deals.amount
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(deals.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(deals.created_on::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_eur.rate
      end >= $1::bigint then $2::text
      else $3::text
    end as size,
    date_trunc('month', deals.closed_on::timestamp)::date as month,
    count(*) as deal_count
  from deals
  left join lateral (
    select *
    from (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur
    where rate_eur.currency = deals.code and rate_eur.day <= deals.created_on
    order by rate_eur.day desc
    limit 1
  ) as rate_eur on true
  where deals.closed_on >= date '2026-02-01' and deals.closed_on < date '2026-03-01'
  group by 1, 2
)
select month, size::text collate "C" as size, coalesce(max(deal_count), 0) as deal_count
from (
  select size, month, deal_count
  from deals_facts
  union all
  select groups.size as size, buckets.month as month, null::bigint as deal_count
  from (
    select distinct size
    from deals_facts
  ) as groups
  cross join (
    select (date '2026-02-01' + step * interval '1 month')::date as month from generate_series(0, 0) as steps(step)
  ) as buckets
) as facts
group by size, month
order by month nulls last, size nulls last
-- $1 = "100"
-- $2 = "large"
-- $3 = "small"
