with deals_facts as (
  select
    deals.rep_id as rep,
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
    ) as revenue,
    count(*) as revenue_rows
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
  where deals.closed_on >= date '2026-02-01' and deals.closed_on < date '2026-03-01'
  group by deals.rep_id
),
deals_facts_2 as (
  select rep_id as rep, count(*) as deal_count
  from deals
  where closed_on >= date '2026-02-01' and closed_on < date '2026-03-01'
  group by rep_id
)
select
  rep,
  coalesce(revenue, 0) as revenue,
  coalesce(revenue, 0) / nullif(deal_count, 0) as mean,
  place_rank as place
from (
  select
    rep,
    revenue,
    revenue_rows,
    deal_count,
    case
      when coalesce(revenue_rows, 0) > 0 and coalesce(revenue, 0) is not null then rank() over (
        partition by coalesce(revenue_rows, 0) > 0 and coalesce(revenue, 0) is not null
        order by coalesce(revenue, 0) desc nulls last
      )
    end as place_rank
  from (
    select
      rep,
      max(revenue) as revenue,
      max(revenue_rows) as revenue_rows,
      max(deal_count) as deal_count
    from (
      select rep, revenue, revenue_rows, null as deal_count
      from deals_facts
      union all
      select rep, null as revenue, null as revenue_rows, deal_count
      from deals_facts_2
      union all
      select rep, null as revenue, null as revenue_rows, null as deal_count
      from (
        select distinct rep_id as rep
        from reps
      ) as rows
    ) as facts
    group by rep
  ) as groups
) as ranked
order by rep nulls last
