select
  month,
  coalesce(max(heads), 0) as heads,
  coalesce(max(quota), 0) as quota,
  coalesce(max(quota_2), 0) as quota_at_start,
  coalesce(max(quota_3), 0) as quota_before,
  coalesce(max(regions), 0) as regions,
  max(first_region) as first_region,
  coalesce(max(heads), 0) - coalesce(max(heads_2), 0) as more_heads,
  coalesce(max(hires), 0) as hires,
  coalesce(max(hires_2), 0) as hires_to_date
from (
  select
    cells.month as month,
    sum(atoms.heads) filter (where cells.view = 1) as heads,
    sum(atoms.heads) filter (where cells.view = 2) as heads_2,
    null as quota,
    null as quota_2,
    null as quota_3,
    null as regions,
    null as first_region,
    null as hires,
    null as hires_2
  from (
    select
      make_date(year(valid_from), month(valid_from), 1) as born,
      make_date(year(valid_until), month(valid_until), 1) as died,
      count(*) as heads
    from reps
    where valid_from < date '2026-04-01'
    group by year(valid_from), month(valid_from), year(valid_until), month(valid_until)
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-02-01, 1),
      (2026-02-01, 2026-03-01, 1),
      (2026-03-01, 2026-04-01, 1),
      (2026-01-01, 2026-01-01, 2),
      (2026-02-01, 2026-02-01, 2),
      (2026-03-01, 2026-03-01, 2)
    ]'::struct(month date, next date, view bigint)[], recursive := true)
  ) as cells(month, next, view) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null as heads,
    null as heads_2,
    sum(
      case
        when reps.quota is null then null::decimal(38, 18)
        when reps.code = 'EUR' then reps.quota::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(reps.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(cells.as_of::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((reps.quota + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as quota,
    null as quota_2,
    null as quota_3,
    null as regions,
    null as first_region,
    null as hires,
    null as hires_2
  from reps
  join (
    select unnest('[
      (2026-01-01, 2026-01-31, 2026-02-01),
      (2026-02-01, 2026-02-28, 2026-03-01),
      (2026-03-01, 2026-03-31, 2026-04-01)
    ]'::struct(month date, as_of date, next date)[], recursive := true)
  ) as cells(month, as_of, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = reps.code and rate_eur.day <= cells.as_of
  group by cells.month
  union all
  select
    cells.month as month,
    null as heads,
    null as heads_2,
    null as quota,
    sum(
      case
        when reps.quota is null then null::decimal(38, 18)
        when reps.code = 'EUR' then reps.quota::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(reps.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(cells.as_of::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((reps.quota + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as quota_2,
    null as quota_3,
    null as regions,
    null as first_region,
    null as hires,
    null as hires_2
  from reps
  join (
    select unnest('[
      (2026-01-01, 2025-12-31, 2026-01-01),
      (2026-02-01, 2026-01-31, 2026-02-01),
      (2026-03-01, 2026-02-28, 2026-03-01)
    ]'::struct(month date, as_of date, next date)[], recursive := true)
  ) as cells(month, as_of, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = reps.code and rate_eur.day <= cells.as_of
  group by cells.month
  union all
  select
    cells.month as month,
    null as heads,
    null as heads_2,
    null as quota,
    null as quota_2,
    sum(
      case
        when reps.quota is null then null::decimal(38, 18)
        when reps.code = 'EUR' then reps.quota::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(reps.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(cells.as_of::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((reps.quota + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as quota_3,
    null as regions,
    null as first_region,
    null as hires,
    null as hires_2
  from reps
  join (
    select unnest('[
      (2026-01-01, 2025-12-31, 2026-01-01),
      (2026-02-01, 2026-01-31, 2026-02-01),
      (2026-03-01, 2026-02-28, 2026-03-01)
    ]'::struct(month date, as_of date, next date)[], recursive := true)
  ) as cells(month, as_of, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = reps.code and rate_eur.day <= cells.as_of
  group by cells.month
  union all
  select
    cells.month as month,
    null as heads,
    null as heads_2,
    null as quota,
    null as quota_2,
    null as quota_3,
    count(distinct reps.region) as regions,
    arg_min(reps.region, (reps.country is null, reps.country, reps.number)) filter (where reps.region is not null) as first_region,
    null as hires,
    null as hires_2
  from reps
  join (
    select unnest('[
      (2026-01-01, 2026-02-01),
      (2026-02-01, 2026-03-01),
      (2026-03-01, 2026-04-01)
    ]'::struct(month date, next date)[], recursive := true)
  ) as cells(month, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null as heads,
    null as heads_2,
    null as quota,
    null as quota_2,
    null as quota_3,
    null as regions,
    null as first_region,
    count(*) as hires,
    null as hires_2
  from reps
  join (
    select unnest('[
      (2026-01-01, 2026-02-01, 2026-01-01, 2026-02-01),
      (2026-02-01, 2026-03-01, 2026-02-01, 2026-03-01),
      (2026-03-01, 2026-04-01, 2026-03-01, 2026-04-01)
    ]'::struct(month date, next date, "from" date, until date)[], recursive := true)
  ) as cells(month, next, "from", until) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
    and reps.hired_on >= cells."from"
    and reps.hired_on < cells.until
  where reps.hired_on >= date '2026-01-01' and reps.hired_on < date '2026-04-01'
  group by cells.month
  union all
  select
    cells.month as month,
    null as heads,
    null as heads_2,
    null as quota,
    null as quota_2,
    null as quota_3,
    null as regions,
    null as first_region,
    null as hires,
    count(*) as hires_2
  from reps
  join (
    select unnest('[
      (2026-01-01, 2026-02-01, 2025-11-01, 2026-02-01),
      (2026-02-01, 2026-03-01, 2026-02-01, 2026-03-01),
      (2026-03-01, 2026-04-01, 2026-02-01, 2026-04-01)
    ]'::struct(month date, next date, "from" date, until date)[], recursive := true)
  ) as cells(month, next, "from", until) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
    and reps.hired_on >= cells."from"
    and reps.hired_on < cells.until
  where reps.hired_on >= date '2025-11-01' and reps.hired_on < date '2026-04-01'
  group by cells.month
  union all
  select
    month,
    null as heads,
    null as heads_2,
    null as quota,
    null as quota_2,
    null as quota_3,
    null as regions,
    null as first_region,
    null as hires,
    null as hires_2
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
