select
  month,
  coalesce(max(deal_count), 0) as deal_count,
  coalesce(max(large_deals), 0) as large_deals
from (
  select
    date_trunc('month', deals.closed_on::timestamp)::date as month,
    count(*) as deal_count,
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
    ) as revenue,
    null::bigint as large_deals
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
  where deals.closed_on >= date '2026-01-01'
    and deals.closed_on < date '2026-04-01'
    and case
      when deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01' then case
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
      end >= $1::bigint
      else false
    end
  group by 1
  union all
  select
    date_trunc('month', deals.closed_on::timestamp)::date as month,
    null::bigint as deal_count,
    null::numeric as revenue,
    count(*) as large_deals
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
  where deals.closed_on >= date '2026-01-01'
    and deals.closed_on < date '2026-04-01'
    and case
      when deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01' then case
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
      end >= $1::bigint
      and case
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
      end >= $2::bigint
      else false
    end
  group by 1
  union all
  select month, null::bigint as deal_count, null::numeric as revenue, null::bigint as large_deals
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
having coalesce(max(revenue), 0) < $3::bigint
order by month nulls last
-- $1 = "90"
-- $2 = "100"
-- $3 = "200"
