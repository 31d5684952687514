select
  max(typical) as typical,
  max(typical_2) as typical_on_the_web,
  coalesce(max(first_channels), 0) as first_channels
from (
  select
    avg(typical)::double precision as typical,
    null::double precision as typical_2,
    null::bigint as first_channels
  from (
    select rep, coalesce(sum(amount), 0) as typical
    from deals
    group by rep
    having count(*) > $1::bigint
  ) as rows
  union all
  select
    null::double precision as typical,
    avg(typical_2)::double precision as typical_2,
    null::bigint as first_channels
  from (
    select rep, coalesce(sum(amount), 0) as typical_2
    from deals
    where channel = $2
    group by rep
    having count(*) > $1::bigint
  ) as rows
  union all
  select
    null::double precision as typical,
    null::double precision as typical_2,
    count(distinct first_channels) as first_channels
  from (
    select rep, min(channel::text collate "C") as first_channels
    from deals
    group by rep
  ) as rows
) as facts
-- $1 = "1"
-- $2 = "web"
