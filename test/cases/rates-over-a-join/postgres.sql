select month, "deal.size", line_value
from (
  select
    date_trunc('month', deal.closed_on::timestamp)::date as month,
    case
      when deal.deal_id is not null then case
        when case
          when deal.amount is null then null
          when deal.code = 'EUR' then deal.amount
          when rate_eur.rate is null then (
            'M9019|'
            || coalesce(deal.code::text::text, 'no currency')
            || '|EUR|'
            || coalesce(deal.closed_on::text, 'no day')
            || '|'
          )::numeric
          else deal.amount * rate_eur.rate
        end < 80 then '< 80'
        when case
          when deal.amount is null then null
          when deal.code = 'EUR' then deal.amount
          when rate_eur.rate is null then (
            'M9019|'
            || coalesce(deal.code::text::text, 'no currency')
            || '|EUR|'
            || coalesce(deal.closed_on::text, 'no day')
            || '|'
          )::numeric
          else deal.amount * rate_eur.rate
        end < 100 then '80 to < 100'
        when case
          when deal.amount is null then null
          when deal.code = 'EUR' then deal.amount
          when rate_eur.rate is null then (
            'M9019|'
            || coalesce(deal.code::text::text, 'no currency')
            || '|EUR|'
            || coalesce(deal.closed_on::text, 'no day')
            || '|'
          )::numeric
          else deal.amount * rate_eur.rate
        end >= 100 then '>= 100'
      end
    end as "deal.size",
    coalesce(
      sum(
        lines.part * case
          when deal.amount is null then null
          when deal.code = 'EUR' then deal.amount
          when rate_eur.rate is null then (
            'M9019|'
            || coalesce(deal.code::text::text, 'no currency')
            || '|EUR|'
            || coalesce(deal.closed_on::text, 'no day')
            || '|'
          )::numeric
          else deal.amount * rate_eur.rate
        end
      ),
      0
    ) as line_value
  from lines
  left join deals as deal on deal.deal_id = lines.deal_id
  left join lateral (
    select *
    from (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur
    where rate_eur.currency = deal.code and rate_eur.day <= deal.closed_on
    order by rate_eur.day desc
    limit 1
  ) as rate_eur on true
  where deal.closed_on >= date '2026-01-01' and deal.closed_on < date '2026-04-01'
  group by 2, 1
) as rows
order by
  month nulls last,
  case "deal.size" when '< 80' then 0 when '80 to < 100' then 1 when '>= 100' then 2 end nulls last
