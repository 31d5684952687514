select
  cells.month as month,
  rep.region as "rep.region",
  coalesce(
    sum(
      case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'EUR' then deals.amount::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(cells.as_of::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ),
    0
  ) as open_value
from deals
join (
  select unnest('[
    (2026-01-01, 2026-01-31, 2026-02-01),
    (2026-02-01, 2026-02-28, 2026-03-01),
    (2026-03-01, 2026-03-31, 2026-04-01)
  ]'::struct(month date, as_of date, next date)[], recursive := true)
) as cells(month, as_of, next) on deals.created_on < cells.next
  and (deals.closed_on is null or deals.closed_on >= cells.next)
left join reps as rep on rep.rep_id = deals.rep_id
  and rep.valid_from < cells.next
  and (rep.valid_until is null or rep.valid_until >= cells.next)
asof left join (
  select from_currency as currency, rate_date as day, rate
  from fx
  where to_currency = 'EUR' and rate is not null
) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= cells.as_of
group by rep.region, cells.month
order by month nulls last, "rep.region" nulls last
