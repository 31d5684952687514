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
    null::numeric as quota,
    null::numeric as quota_2,
    null::numeric as quota_3,
    null::bigint as regions,
    null::text as first_region,
    null::bigint as hires,
    null::bigint as hires_2
  from (
    select
      date_trunc('month', valid_from::timestamp)::date as born,
      date_trunc('month', valid_until::timestamp)::date as died,
      count(*) as heads
    from reps
    where valid_from < date '2026-04-01'
    group by 1, 2
  ) as atoms
  join (
    values
      (date '2026-01-01', date '2026-02-01', 1),
      ('2026-02-01', '2026-03-01', 1),
      ('2026-03-01', '2026-04-01', 1),
      ('2026-01-01', '2026-01-01', 2),
      ('2026-02-01', '2026-02-01', 2),
      ('2026-03-01', '2026-03-01', 2)
  ) as cells(month, next, view) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as heads,
    null::bigint as heads_2,
    sum(
      case
        when reps.quota is null then null
        when reps.code = 'EUR' then reps.quota
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(reps.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(cells.as_of::text, 'no day')
          || '|'
        )::numeric
        else reps.quota * rate_eur.rate
      end
    ) as quota,
    null::numeric as quota_2,
    null::numeric as quota_3,
    null::bigint as regions,
    null::text as first_region,
    null::bigint as hires,
    null::bigint as hires_2
  from reps
  join (
    values
      (date '2026-01-01', date '2026-01-31', date '2026-02-01'),
      ('2026-02-01', '2026-02-28', '2026-03-01'),
      ('2026-03-01', '2026-03-31', '2026-04-01')
  ) as cells(month, as_of, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  left join lateral (
    select *
    from (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur
    where rate_eur.currency = reps.code and rate_eur.day <= cells.as_of
    order by rate_eur.day desc
    limit 1
  ) as rate_eur on true
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as heads,
    null::bigint as heads_2,
    null::numeric as quota,
    sum(
      case
        when reps.quota is null then null
        when reps.code = 'EUR' then reps.quota
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(reps.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(cells.as_of::text, 'no day')
          || '|'
        )::numeric
        else reps.quota * rate_eur.rate
      end
    ) as quota_2,
    null::numeric as quota_3,
    null::bigint as regions,
    null::text as first_region,
    null::bigint as hires,
    null::bigint as hires_2
  from reps
  join (
    values
      (date '2026-01-01', date '2025-12-31', date '2026-01-01'),
      ('2026-02-01', '2026-01-31', '2026-02-01'),
      ('2026-03-01', '2026-02-28', '2026-03-01')
  ) as cells(month, as_of, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  left join lateral (
    select *
    from (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur
    where rate_eur.currency = reps.code and rate_eur.day <= cells.as_of
    order by rate_eur.day desc
    limit 1
  ) as rate_eur on true
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as heads,
    null::bigint as heads_2,
    null::numeric as quota,
    null::numeric as quota_2,
    sum(
      case
        when reps.quota is null then null
        when reps.code = 'EUR' then reps.quota
        when rate_eur.rate is null then (
          'M9019|'
          || coalesce(reps.code::text::text, 'no currency')
          || '|EUR|'
          || coalesce(cells.as_of::text, 'no day')
          || '|'
        )::numeric
        else reps.quota * rate_eur.rate
      end
    ) as quota_3,
    null::bigint as regions,
    null::text as first_region,
    null::bigint as hires,
    null::bigint as hires_2
  from reps
  join (
    values
      (date '2026-01-01', date '2025-12-31', date '2026-01-01'),
      ('2026-02-01', '2026-01-31', '2026-02-01'),
      ('2026-03-01', '2026-02-28', '2026-03-01')
  ) as cells(month, as_of, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  left join lateral (
    select *
    from (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur
    where rate_eur.currency = reps.code and rate_eur.day <= cells.as_of
    order by rate_eur.day desc
    limit 1
  ) as rate_eur on true
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as heads,
    null::bigint as heads_2,
    null::numeric as quota,
    null::numeric as quota_2,
    null::numeric as quota_3,
    count(distinct reps.region) as regions,
    (array_agg(reps.region::text
      order by reps.country::text collate "C" nulls last,
      reps.number nulls last) filter (where reps.region::text is not null))[1] as first_region,
    null::bigint as hires,
    null::bigint as hires_2
  from reps
  join (
    values
      (date '2026-01-01', date '2026-02-01'),
      ('2026-02-01', '2026-03-01'),
      ('2026-03-01', '2026-04-01')
  ) as cells(month, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as heads,
    null::bigint as heads_2,
    null::numeric as quota,
    null::numeric as quota_2,
    null::numeric as quota_3,
    null::bigint as regions,
    null::text as first_region,
    count(*) as hires,
    null::bigint as hires_2
  from reps
  join (
    values
      (date '2026-01-01', date '2026-02-01', date '2026-01-01', date '2026-02-01'),
      ('2026-02-01', '2026-03-01', '2026-02-01', '2026-03-01'),
      ('2026-03-01', '2026-04-01', '2026-03-01', '2026-04-01')
  ) as cells(month, next, "from", until) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
    and reps.hired_on >= cells."from"
    and reps.hired_on < cells.until
  where reps.hired_on >= date '2026-01-01' and reps.hired_on < date '2026-04-01'
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as heads,
    null::bigint as heads_2,
    null::numeric as quota,
    null::numeric as quota_2,
    null::numeric as quota_3,
    null::bigint as regions,
    null::text as first_region,
    null::bigint as hires,
    count(*) as hires_2
  from reps
  join (
    values
      (date '2026-01-01', date '2026-02-01', date '2025-11-01', date '2026-02-01'),
      ('2026-02-01', '2026-03-01', '2026-02-01', '2026-03-01'),
      ('2026-03-01', '2026-04-01', '2026-02-01', '2026-04-01')
  ) as cells(month, next, "from", until) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
    and reps.hired_on >= cells."from"
    and reps.hired_on < cells.until
  where reps.hired_on >= date '2025-11-01' and reps.hired_on < date '2026-04-01'
  group by cells.month
  union all
  select
    month,
    null::bigint as heads,
    null::bigint as heads_2,
    null::numeric as quota,
    null::numeric as quota_2,
    null::numeric as quota_3,
    null::bigint as regions,
    null::text as first_region,
    null::bigint as hires,
    null::bigint as hires_2
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
