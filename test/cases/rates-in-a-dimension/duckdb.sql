select size, "rep.region", deal_count, revenue
from (
  select
    case
      when case
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
      end < 80 then '< 80'
      when case
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
      end < 100 then '80 to < 100'
      when case
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
      end >= 100 then '>= 100'
    end as size,
    rep.region as "rep.region",
    count(*) as deal_count,
    coalesce(
      sum(
        case
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
        end
      ),
      0
    ) as revenue
  from deals
  left join reps as rep on rep.rep_id = deals.rep_id
    and rep.valid_from <= deals.closed_on
    and (rep.valid_until is null or deals.closed_on < rep.valid_until)
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
  where deals.amount is not null
  group by 1, rep.region
) as rows
order by
  case size when '< 80' then 0 when '80 to < 100' then 1 when '>= 100' then 2 end nulls last,
  "rep.region" nulls last
