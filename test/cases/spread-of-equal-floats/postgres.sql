select
  site::text collate "C" as site,
  case
    when min(nullif(level::double precision, 'NaN')) < max(nullif(level::double precision, 'NaN')) then stddev_samp(
      nullif(level::double precision, 'NaN')
    )
    when count(nullif(level::double precision, 'NaN')) > 1 then 0
  end as spread,
  case
    when min(nullif(level::double precision, 'NaN')) < max(nullif(level::double precision, 'NaN')) then var_samp(
      nullif(level::double precision, 'NaN')
    )
    when count(nullif(level::double precision, 'NaN')) > 1 then 0
  end as scatter,
  $1::bigint::double precision / nullif(
    case
      when min(nullif(level::double precision, 'NaN')) < max(nullif(level::double precision, 'NaN')) then stddev_samp(
        nullif(level::double precision, 'NaN')
      )
      when count(nullif(level::double precision, 'NaN')) > 1 then 0
    end,
    0
  ) as steadiness,
  case
    when min(nullif(level::double precision, 'NaN')) filter (where step is not null) < max(
      nullif(level::double precision, 'NaN')
    ) filter (where step is not null)
    and min(step) filter (where nullif(level::double precision, 'NaN') is not null) < max(step) filter (where nullif(
      level::double precision,
      'NaN'
    ) is not null) then corr(nullif(level::double precision, 'NaN'), step::double precision)
  end as drift,
  case
    when min(nullif(level::double precision, 'NaN')) filter (where step < $2::bigint) < max(
      nullif(level::double precision, 'NaN')
    ) filter (where step < $2::bigint) then stddev_samp(nullif(level::double precision, 'NaN')) filter (where step < $2::bigint)
    when count(nullif(level::double precision, 'NaN')) filter (where step < $2::bigint) > 1 then 0
  end as early
from readings
group by site
order by site nulls last
-- $1 = "1"
-- $2 = "50"
