select month, coalesce(max(value_to_date), 0) as value_to_date
from (
  select
    cells.month as month,
    sum(
      case
        when leads.value is null then null::decimal(38, 18)
        when leads.code = 'EUR' then leads.value::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(leads.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(cells.period_end::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((leads.value + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as value_to_date
  from leads
  join (
    select unnest('[
      (2026-01-01, 2026-01-31, 2026-01-01, 2026-02-01),
      (2026-02-01, 2026-02-28, 2026-01-01, 2026-03-01),
      (2026-03-01, 2026-03-31, 2026-01-01, 2026-04-01)
    ]'::struct(month date, period_end date, "from" date, until date)[], recursive := true)
  ) as cells(month, period_end, "from", until) on leads.received_on >= cells."from"
    and leads.received_on < cells.until
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = leads.code and rate_eur.day <= cells.period_end
  where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-04-01'
  group by cells.month
  union all
  select month, null as value_to_date
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
