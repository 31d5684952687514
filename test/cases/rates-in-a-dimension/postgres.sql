select size, "rep.region"::text collate "C" as "rep.region", deal_count, revenue
from (
  select
    case
      when case
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
      end < 80 then '< 80'
      when case
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
      end < 100 then '80 to < 100'
      when case
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
      end >= 100 then '>= 100'
    end as size,
    rep.region as "rep.region",
    count(*) as deal_count,
    coalesce(
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
      ),
      0
    ) as revenue
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
    and rep.valid_from <= deals.closed_on
    and (rep.valid_until is null or deals.closed_on < rep.valid_until)
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
  where deals.amount is not null
  group by 1, rep.region
) as rows
order by
  case size when '< 80' then 0 when '80 to < 100' then 1 when '>= 100' then 2 end nulls last,
  "rep.region" nulls last
