with deals_facts as (
  select
    deals.rep_id as rep,
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
    ) as revenue,
    count(*) as revenue_rows
  from deals
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
  rep::text collate "C" as rep,
  coalesce(revenue, 0) as revenue,
  coalesce(revenue, 0)::double precision / nullif(deal_count, 0) as mean,
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
      select rep, revenue, revenue_rows, null::bigint as deal_count
      from deals_facts
      union all
      select rep, null::numeric as revenue, null::bigint as revenue_rows, deal_count
      from deals_facts_2
      union all
      select rep, null::numeric as revenue, null::bigint as revenue_rows, null::bigint as deal_count
      from (
        select distinct rep_id as rep
        from reps
      ) as rows
    ) as facts
    group by rep
  ) as groups
  offset 0
) as ranked
order by rep nulls last
