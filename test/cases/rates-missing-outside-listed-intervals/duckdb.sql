select month, max(typical) as before
from (
  select cells.month as month, median(deals.minutes::double) as typical
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
  join (
    select unnest('[
      (2026-03-01, 2026-02-01, 2026-03-01)
    ]'::struct(month date, "from" date, until date)[], recursive := true)
  ) as cells(month, "from", until) on deals.closed_on >= cells."from"
    and deals.closed_on < cells.until
  where deals.closed_on >= date '2026-02-01'
    and deals.closed_on < date '2026-03-01'
    and case
      when deals.closed_on >= cells."from"
      and deals.closed_on < cells.until
      and deals.closed_on >= date '2026-02-01'
      and deals.closed_on < date '2026-03-01' then case
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
  group by cells.month
  union all
  select month, null as typical
  from (
    select (date '2026-03-01' + to_months(step::int))::date as month from range(1) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "10"
