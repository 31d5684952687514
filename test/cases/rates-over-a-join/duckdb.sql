select month, "deal.size", line_value
from (
  select
    make_date(year(deal.closed_on), month(deal.closed_on), 1) as month,
    case
      when deal.deal_id is not null then case
        when case
          when deal.amount is null then null::decimal(38, 18)
          when deal.code = 'EUR' then deal.amount::decimal(38, 18)
          when rate_eur.rate is null then error(
            'M9019|'
            || coalesce(deal.code::varchar, 'no currency')
            || '|EUR|'
            || coalesce(deal.closed_on::varchar, 'no day')
            || '|'
          )::decimal(38, 18)
          else ((deal.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
        end < 80 then '< 80'
        when case
          when deal.amount is null then null::decimal(38, 18)
          when deal.code = 'EUR' then deal.amount::decimal(38, 18)
          when rate_eur.rate is null then error(
            'M9019|'
            || coalesce(deal.code::varchar, 'no currency')
            || '|EUR|'
            || coalesce(deal.closed_on::varchar, 'no day')
            || '|'
          )::decimal(38, 18)
          else ((deal.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
        end < 100 then '80 to < 100'
        when case
          when deal.amount is null then null::decimal(38, 18)
          when deal.code = 'EUR' then deal.amount::decimal(38, 18)
          when rate_eur.rate is null then error(
            'M9019|'
            || coalesce(deal.code::varchar, 'no currency')
            || '|EUR|'
            || coalesce(deal.closed_on::varchar, 'no day')
            || '|'
          )::decimal(38, 18)
          else ((deal.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
        end >= 100 then '>= 100'
      end
    end as "deal.size",
    coalesce(
      sum(
        lines.part * case
          when deal.amount is null then null::decimal(38, 18)
          when deal.code = 'EUR' then deal.amount::decimal(38, 18)
          when rate_eur.rate is null then error(
            'M9019|'
            || coalesce(deal.code::varchar, 'no currency')
            || '|EUR|'
            || coalesce(deal.closed_on::varchar, 'no day')
            || '|'
          )::decimal(38, 18)
          else ((deal.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
        end
      ),
      0
    ) as line_value
  from lines
  left join deals as deal on deal.deal_id = lines.deal_id
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deal.code and rate_eur.day <= deal.closed_on
  where deal.closed_on >= date '2026-01-01' and deal.closed_on < date '2026-04-01'
  group by 2, year(deal.closed_on), month(deal.closed_on)
) as rows
order by
  month nulls last,
  case "deal.size" when '< 80' then 0 when '80 to < 100' then 1 when '>= 100' then 2 end nulls last
