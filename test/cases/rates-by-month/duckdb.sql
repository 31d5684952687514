select
  month,
  coalesce(revenue, 0) as revenue,
  coalesce(revenue_2, 0) as before,
  coalesce(revenue_3, 0) as ever,
  coalesce(revenue, 0) - coalesce(margin, 0) as margin,
  per_rep,
  coalesce(revenue, 0) / nullif(part_total, 0) as part,
  place_rank as place
from (
  select
    groups.month as month,
    groups.revenue as revenue,
    groups.revenue_rows as revenue_rows,
    groups.revenue_2 as revenue_2,
    groups.revenue_3 as revenue_3,
    groups.margin as margin,
    groups.per_rep as per_rep,
    totals.part_total as part_total,
    case
      when coalesce(groups.revenue_rows, 0) > 0 and coalesce(groups.revenue, 0) is not null then rank() over (
        partition by coalesce(groups.revenue_rows, 0) > 0
        and coalesce(groups.revenue, 0) is not null
        order by coalesce(groups.revenue, 0) desc nulls last
      )
    end as place_rank
  from (
    select
      month,
      max(revenue) as revenue,
      max(revenue_rows) as revenue_rows,
      max(revenue_2) as revenue_2,
      max(revenue_3) as revenue_3,
      max(margin) as margin,
      max(per_rep) as per_rep
    from (
      select
        make_date(year(deals.closed_on), month(deals.closed_on), 1) as month,
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
        count(*) as revenue_rows,
        null as revenue_2,
        null as revenue_3,
        null as margin,
        null as per_rep
      from deals
      asof left join (
        select from_currency as currency, rate_date as day, rate
        from fx
        where to_currency = 'EUR' and rate is not null
      ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
      where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
      group by year(deals.closed_on), month(deals.closed_on)
      union all
      select
        cells.month as month,
        null as revenue,
        null as revenue_rows,
        sum(atoms.revenue_2) as revenue_2,
        null as revenue_3,
        null as margin,
        null as per_rep
      from (
        select
          deals.closed_on as atom,
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
          ) as revenue_2
        from deals
        asof left join (
          select from_currency as currency, rate_date as day, rate
          from fx
          where to_currency = 'EUR' and rate is not null
        ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
        where deals.closed_on >= date '2025-12-01' and deals.closed_on < date '2026-03-01'
        group by deals.closed_on
      ) as atoms
      join (
        select unnest('[
          (2026-01-01, 2025-12-01, 2026-01-01),
          (2026-02-01, 2026-01-01, 2026-02-01),
          (2026-03-01, 2026-02-01, 2026-03-01)
        ]'::struct(month date, "from" date, until date)[], recursive := true)
      ) as cells(month, "from", until) on atoms.atom >= cells."from" and atoms.atom < cells.until
      group by cells.month
      union all
      select
        cells.month as month,
        null as revenue,
        null as revenue_rows,
        null as revenue_2,
        sum(atoms.revenue_3) as revenue_3,
        null as margin,
        null as per_rep
      from (
        select
          make_date(year(deals.closed_on), month(deals.closed_on), 1) as atom,
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
          ) as revenue_3
        from deals
        asof left join (
          select from_currency as currency, rate_date as day, rate
          from fx
          where to_currency = 'EUR' and rate is not null
        ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
        where deals.closed_on < date '2026-04-01'
        group by year(deals.closed_on), month(deals.closed_on)
      ) as atoms
      join (
        select unnest('[
          (2026-01-01, 2026-02-01),
          (2026-02-01, 2026-03-01),
          (2026-03-01, 2026-04-01)
        ]'::struct(month date, until date)[], recursive := true)
      ) as cells(month, until) on atoms.atom < cells.until
      group by cells.month
      union all
      select
        make_date(year(closed_on), month(closed_on), 1) as month,
        null as revenue,
        null as revenue_rows,
        null as revenue_2,
        null as revenue_3,
        sum(cost) as margin,
        null as per_rep
      from deals
      where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
      group by year(closed_on), month(closed_on)
      union all
      select
        month,
        null as revenue,
        null as revenue_rows,
        null as revenue_2,
        null as revenue_3,
        null as margin,
        avg(per_rep) as per_rep
      from (
        select
          deals.rep_id as "deals.rep_id",
          make_date(year(deals.closed_on), month(deals.closed_on), 1) as month,
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
          ) as per_rep
        from deals
        asof left join (
          select from_currency as currency, rate_date as day, rate
          from fx
          where to_currency = 'EUR' and rate is not null
        ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
        where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
        group by deals.rep_id, year(deals.closed_on), month(deals.closed_on)
      ) as rows
      group by month
      union all
      select
        month,
        null as revenue,
        null as revenue_rows,
        null as revenue_2,
        null as revenue_3,
        null as margin,
        null as per_rep
      from (
        select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
      ) as buckets
    ) as facts
    group by month
  ) as groups
  left join (
    select
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
      ) as part_total
    from deals
    asof left join (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
    where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
  ) as totals on true
) as ranked
order by month nulls last
