select
  month,
  coalesce(max(large), 0) as large_before,
  max(median_of_two_months) as median_of_two_months
from (
  select
    cells.month as month,
    sum(atoms.large) as large,
    null::double precision as median_of_two_months
  from (
    select deals.closed_on as atom, count(*) as large
    from deals
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
    where deals.code <> $1
      and deals.deal_id <> $2
      and deals.closed_on >= date '2026-02-01'
      and deals.closed_on < date '2026-03-01'
      and case
        when deals.code <> $1
        and deals.deal_id <> $2
        and deals.closed_on >= date '2026-02-01'
        and deals.closed_on < date '2026-03-01' then case
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
        end >= $3::bigint
        else false
      end
    group by deals.closed_on
  ) as atoms
  join (
    values
      (date '2026-03-01', date '2026-02-01', date '2026-03-01')
  ) as cells(month, "from", until) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as large,
    percentile_cont(0.5) within group (order by case
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
    end) as median_of_two_months
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
  join (
    values
      (date '2026-03-01', date '2026-02-01', date '2026-04-01')
  ) as cells(month, "from", until) on deals.closed_on >= cells."from"
    and deals.closed_on < cells.until
  where deals.code <> $1
    and deals.deal_id <> $2
    and deals.closed_on >= date '2026-02-01'
    and deals.closed_on < date '2026-04-01'
  group by cells.month
  union all
  select month, null::bigint as large, null::double precision as median_of_two_months
  from (
    select (date '2026-03-01' + step * interval '1 month')::date as month from generate_series(0, 0) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "CHF"
-- $2 = "v"
-- $3 = "100"
