select make_date(year(deals.closed_on), month(deals.closed_on), 1) as month, count(*) as deal_count
from deals
left join reps as rep on rep.rep_id = deals.rep_id
asof left join (
  select from_currency as currency, rate_date as day, rate
  from fx
  where to_currency = 'EUR' and rate is not null
) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.created_on
where rep.region = $1
  and deals.code in ($2, $3)
  and case
    when rep.region = $1 and deals.code in ($2, $3) then case
      when deals.amount is null then null::decimal(38, 18)
      when deals.code = 'EUR' then deals.amount::decimal(38, 18)
      when rate_eur.rate is null then error(
        'M9019|'
        || coalesce(deals.code::varchar, 'no currency')
        || '|EUR|'
        || coalesce(deals.created_on::varchar, 'no day')
        || '|'
      )::decimal(38, 18)
      else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
    end >= $4
    else false
  end
group by year(deals.closed_on), month(deals.closed_on)
order by month nulls last
-- $1 = "North"
-- $2 = "USD"
-- $3 = "GBP"
-- $4 = "100"
