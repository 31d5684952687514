select date_trunc('month', deals.closed_on::timestamp)::date as month, count(*) as deal_count
from deals
left join reps as rep on rep.rep_id = deals.rep_id
left join lateral (
  select *
  from (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur
  where rate_eur.currency = deals.code and rate_eur.day <= deals.created_on
  order by rate_eur.day desc
  limit 1
) as rate_eur on true
where rep.region = $1
  and deals.code in ($2, $3)
  and case
    when rep.region = $1 and deals.code in ($2, $3) then case
      when deals.amount is null then null
      when deals.code = 'EUR' then deals.amount
      when rate_eur.rate is null then (
        'M9019|'
        || coalesce(deals.code::text::text, 'no currency')
        || '|EUR|'
        || coalesce(deals.created_on::text, 'no day')
        || '|'
      )::numeric
      else deals.amount * rate_eur.rate
    end >= $4::bigint
    else false
  end
group by 1
order by month nulls last
-- $1 = "North"
-- $2 = "USD"
-- $3 = "GBP"
-- $4 = "100"
