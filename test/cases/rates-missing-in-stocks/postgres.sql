select month, coalesce(max(open_value), 0) as open_value, coalesce(max(large_open), 0) as large_open
from (
  select
    cells.month as month,
    sum(
      case
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
      end
    ) as open_value,
    null::bigint as large_open
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
  join (
    values
      (date '2026-01-01', date '2026-02-01')
  ) as cells(month, next) on deals.created_on < cells.next
    and (deals.closed_on is null or deals.closed_on >= cells.next)
  where deals.rep_id <> $1
  group by cells.month
  union all
  select cells.month as month, null::numeric as open_value, count(*) as large_open
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
  join (
    values
      (date '2026-01-01', date '2026-02-01')
  ) as cells(month, next) on deals.created_on < cells.next
    and (deals.closed_on is null or deals.closed_on >= cells.next)
  where deals.rep_id <> $1
    and case
      when deals.created_on < cells.next
      and (deals.closed_on is null or deals.closed_on >= cells.next)
      and deals.rep_id <> $1 then case
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
      end >= $2::bigint
      else false
    end
  group by cells.month
  union all
  select month, null::numeric as open_value, null::bigint as large_open
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 0) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "r3"
-- $2 = "100"
