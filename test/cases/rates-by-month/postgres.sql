select
  month,
  coalesce(revenue, 0) as revenue,
  coalesce(revenue_2, 0) as before,
  coalesce(revenue_3, 0) as ever,
  coalesce(revenue, 0) - coalesce(margin, 0) as margin,
  per_rep,
  coalesce(revenue, 0)::double precision / nullif(part_total, 0) as part,
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
        date_trunc('month', deals.closed_on::timestamp)::date as month,
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
        count(*) as revenue_rows,
        null::numeric as revenue_2,
        null::numeric as revenue_3,
        null::numeric as margin,
        null::double precision as per_rep
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
      where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
      group by 1
      union all
      select
        cells.month as month,
        null::numeric as revenue,
        null::bigint as revenue_rows,
        sum(atoms.revenue_2) as revenue_2,
        null::numeric as revenue_3,
        null::numeric as margin,
        null::double precision as per_rep
      from (
        select
          deals.closed_on as atom,
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
          ) as revenue_2
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
        where deals.closed_on >= date '2025-12-01' and deals.closed_on < date '2026-03-01'
        group by deals.closed_on
      ) as atoms
      join (
        values
          (date '2026-01-01', date '2025-12-01', date '2026-01-01'),
          ('2026-02-01', '2026-01-01', '2026-02-01'),
          ('2026-03-01', '2026-02-01', '2026-03-01')
      ) as cells(month, "from", until) on atoms.atom >= cells."from" and atoms.atom < cells.until
      group by cells.month
      union all
      select
        cells.month as month,
        null::numeric as revenue,
        null::bigint as revenue_rows,
        null::numeric as revenue_2,
        sum(atoms.revenue_3) as revenue_3,
        null::numeric as margin,
        null::double precision as per_rep
      from (
        select
          date_trunc('month', deals.closed_on::timestamp)::date as atom,
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
          ) as revenue_3
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
        where deals.closed_on < date '2026-04-01'
        group by 1
      ) as atoms
      join (
        values
          (date '2026-01-01', date '2026-02-01'),
          ('2026-02-01', '2026-03-01'),
          ('2026-03-01', '2026-04-01')
      ) as cells(month, until) on atoms.atom < cells.until
      group by cells.month
      union all
      select
        date_trunc('month', closed_on::timestamp)::date as month,
        null::numeric as revenue,
        null::bigint as revenue_rows,
        null::numeric as revenue_2,
        null::numeric as revenue_3,
        sum(cost) as margin,
        null::double precision as per_rep
      from deals
      where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
      group by 1
      union all
      select
        month,
        null::numeric as revenue,
        null::bigint as revenue_rows,
        null::numeric as revenue_2,
        null::numeric as revenue_3,
        null::numeric as margin,
        avg(per_rep)::double precision as per_rep
      from (
        select
          deals.rep_id as "deals.rep_id",
          date_trunc('month', deals.closed_on::timestamp)::date as month,
          coalesce(
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
            ),
            0
          ) as per_rep
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
        where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
        group by deals.rep_id, 2
      ) as rows
      group by month
      union all
      select
        month,
        null::numeric as revenue,
        null::bigint as revenue_rows,
        null::numeric as revenue_2,
        null::numeric as revenue_3,
        null::numeric as margin,
        null::double precision as per_rep
      from (
        select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
      ) as buckets
    ) as facts
    group by month
  ) as groups
  left join (
    select
      coalesce(
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
        ),
        0
      ) as part_total
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
    where deals.closed_on >= date '2026-01-01' and deals.closed_on < date '2026-04-01'
  ) as totals on true
  offset 0
) as ranked
order by month nulls last
