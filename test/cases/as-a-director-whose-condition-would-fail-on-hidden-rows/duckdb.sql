select make_date(year(deals.closed_on), month(deals.closed_on), 1) as month, count(*) as sold
from (
  select
    deals.price as price,
    deals.code as code,
    deals.closed_on as closed_on,
    deals.weight as weight,
    deals.points as points,
    deals.rep_id as rep_id
  from crm.deals
  left join crm.reps as rep on rep.rep_id = deals.rep_id
  where rep.region = $1
  limit 9223372036854775807
) as deals
left join (
  select points, rep_id
  from crm.reps
  where region = $1
  limit 9223372036854775807
) as rep on rep.rep_id = deals.rep_id
asof left join (
  select code as currency, day, rate
  from crm.rates
  where target = 'EUR' and rate is not null
) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
where deals.weight > $2
  and deals.points * deals.points > $3
  and (deals.closed_on + to_months(deals.points::int))::date > $4
  and rep.points * rep.points > $3
  and deals.closed_on >= date '2026-01-01'
  and deals.closed_on < date '2026-04-01'
  and case
    when deals.weight > $2
    and deals.points * deals.points > $3
    and (deals.closed_on + to_months(deals.points::int))::date > $4
    and rep.points * rep.points > $3
    and deals.closed_on >= date '2026-01-01'
    and deals.closed_on < date '2026-04-01' then case
      when deals.price is null then null::decimal(38, 18)
      when deals.code = 'EUR' then deals.price::decimal(38, 18)
      when rate_eur.rate is null then error(
        'M9019|'
        || coalesce(deals.code::varchar, 'no currency')
        || '|EUR|'
        || coalesce(deals.closed_on::varchar, 'no day')
        || '|'
      )::decimal(38, 18)
      else ((deals.price + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
    end > $5
    else false
  end
group by year(deals.closed_on), month(deals.closed_on)
order by month nulls last
-- $1 = "south"
-- $2 = "0.0000000000000000000000000000001"
-- $3 = "0"
-- $4 = "2026-01-01"
-- $5 = "1"
