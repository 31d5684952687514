select
  cells.month as month,
  rep.region::text collate "C" as "rep.region",
  coalesce(
    sum(
      case
        when deals.amount is null then null
        when deals.code = 'EUR' then deals.amount
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(deals.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(cells.as_of::text, 'no day')
          || '|'
        )::numeric
        else deals.amount * rate_eur.rate
      end
    ),
    0
  ) as open_value
from deals
join (
  values
    (date '2026-01-01', date '2026-01-31', date '2026-02-01'),
    ('2026-02-01', '2026-02-28', '2026-03-01'),
    ('2026-03-01', '2026-03-31', '2026-04-01')
) as cells(month, as_of, next) on deals.created_on < cells.next
  and (deals.closed_on is null or deals.closed_on >= cells.next)
left join reps as rep on rep.rep_id = deals.rep_id
  and rep.valid_from < cells.next
  and (rep.valid_until is null or rep.valid_until >= cells.next)
left join lateral (
  select *
  from (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur
  where rate_eur.currency = deals.code and rate_eur.day <= cells.as_of
  order by rate_eur.day desc
  limit 1
) as rate_eur on true
group by rep.region, cells.month
order by month nulls last, "rep.region" nulls last
