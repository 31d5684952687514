select date_trunc('month', deals.closed_on::timestamp)::date as month, count(*) as sold
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
  offset 0
) as deals
left join (
  select points, rep_id
  from crm.reps
  where region = $1
  offset 0
) as rep on rep.rep_id = deals.rep_id
left join lateral (
  select *
  from (
    select code as currency, day, rate
    from crm.rates
    where target = 'EUR' and rate is not null
  ) as rate_eur
  where rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
  order by rate_eur.day desc
  limit 1
) as rate_eur on true
where deals.weight > $2::numeric
  and deals.points * deals.points > $3::bigint
  and (deals.closed_on + make_interval(months => deals.points::int))::date > $4::date
  and rep.points * rep.points > $3::bigint
  and deals.closed_on >= date '2026-01-01'
  and deals.closed_on < date '2026-04-01'
  and case
    when deals.weight > $2::numeric
    and deals.points * deals.points > $3::bigint
    and (deals.closed_on + make_interval(months => deals.points::int))::date > $4::date
    and rep.points * rep.points > $3::bigint
    and deals.closed_on >= date '2026-01-01'
    and deals.closed_on < date '2026-04-01' then case
      when deals.price is null then null
      when deals.code = 'EUR' then deals.price
      when rate_eur.rate is null then (
        'M9019|'
        || coalesce(deals.code::text::text, 'no currency')
        || '|EUR|'
        || coalesce(deals.closed_on::text, 'no day')
        || '|'
      )::numeric
      else deals.price * rate_eur.rate
    end > $5::bigint
    else false
  end
group by 1
order by month nulls last
-- $1 = "south"
-- $2 = "0.0000000000000000000000000000001"
-- $3 = "0"
-- $4 = "2026-01-01"
-- $5 = "1"
