select month, coalesce(max(value_to_date), 0) as value_to_date
from (
  select
    cells.month as month,
    sum(
      case
        when leads.value is null then null
        when leads.code = 'EUR' then leads.value
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(leads.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(cells.period_end::text, 'no day')
          || '|'
        )::numeric
        else leads.value * rate_eur.rate
      end
    ) as value_to_date
  from leads
  join (
    values
      (date '2026-01-01', date '2026-01-31', date '2026-01-01', date '2026-02-01'),
      ('2026-02-01', '2026-02-28', '2026-01-01', '2026-03-01'),
      ('2026-03-01', '2026-03-31', '2026-01-01', '2026-04-01')
  ) as cells(month, period_end, "from", until) on leads.received_on >= cells."from"
    and leads.received_on < cells.until
  left join lateral (
    select *
    from (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur
    where rate_eur.currency = leads.code and rate_eur.day <= cells.period_end
    order by rate_eur.day desc
    limit 1
  ) as rate_eur on true
  where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-04-01'
  group by cells.month
  union all
  select month, null::numeric as value_to_date
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
