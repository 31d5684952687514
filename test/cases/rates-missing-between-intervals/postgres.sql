select month, coalesce(max(revenue), 0) as ten_days
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
          || coalesce(deals.closed_on::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_eur.rate
      end
    ) as revenue
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
  join (
    values
      (date '2026-01-01', date '2026-01-22', date '2026-02-01'),
      ('2026-02-01', '2026-02-19', '2026-03-01'),
      ('2026-03-01', '2026-03-22', '2026-04-01')
  ) as cells(month, "from", until) on deals.closed_on >= cells."from"
    and deals.closed_on < cells.until
  where deals.closed_on >= date '2026-01-22' and deals.closed_on < date '2026-04-01'
  group by cells.month
  union all
  select month, null::numeric as revenue
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
