select
  groups.product::text collate "C" as product,
  groups.market::text collate "C" as market,
  coalesce(groups.won, 0) as won,
  coalesce(groups.won, 0)::double precision / nullif(groups.return_here_total, 0) as return_here,
  coalesce(groups.won, 0)::double precision / nullif(totals_2.return_of_all_total, 0) as return_of_all,
  coalesce(groups.won, 0)::double precision / nullif(groups.return_here_total, 0) as return_of_market,
  coalesce(groups.weighted, 0) as weighted
from (
  select
    groups.product as product,
    groups.market as market,
    groups.won as won,
    groups.weighted as weighted,
    totals.return_here_total as return_here_total
  from (
    select product, market, max(won) as won, max(weighted) as weighted
    from (
      select product, region as market, sum(amount) as won, null::numeric as weighted
      from deals
      group by product, region
      union all
      select product, market, null::numeric as won, sum(weighted) as weighted
      from (
        select
          groups.product as product,
          groups.market as market,
          coalesce(groups.won, 0) * coalesce(totals.weighted_total, 0) as weighted
        from (
          select product, region as market, sum(amount) as won
          from deals
          group by product, region
        ) as groups
        left join (
          select area as market, coalesce(sum(cost), 0) as weighted_total
          from campaigns
          group by area
        ) as totals on groups.market is not distinct from totals.market
        offset 0
      ) as rows
      group by product, market
    ) as facts
    group by product, market
  ) as groups
  left join (
    select area as market, coalesce(sum(cost), 0) as return_here_total
    from campaigns
    group by area
  ) as totals on groups.market is not distinct from totals.market
) as groups
left join (
  select coalesce(sum(cost), 0) as return_of_all_total
  from campaigns
) as totals_2 on true
order by product nulls last, market nulls last
