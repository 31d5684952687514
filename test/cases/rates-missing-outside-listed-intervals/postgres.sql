select month, max(typical) as before
from (
  select cells.month as month, percentile_cont(0.5) within group (order by deals.minutes) as typical
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
      (date '2026-03-01', date '2026-02-01', date '2026-03-01')
  ) as cells(month, "from", until) on deals.closed_on >= cells."from"
    and deals.closed_on < cells.until
  where deals.closed_on >= date '2026-02-01'
    and deals.closed_on < date '2026-03-01'
    and case
      when deals.closed_on >= cells."from"
      and deals.closed_on < cells.until
      and deals.closed_on >= date '2026-02-01'
      and deals.closed_on < date '2026-03-01' then case
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
  group by cells.month
  union all
  select month, null::double precision as typical
  from (
    select (date '2026-03-01' + step * interval '1 month')::date as month from generate_series(0, 0) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "10"
