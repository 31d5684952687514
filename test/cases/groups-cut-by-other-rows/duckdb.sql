select
  max(typical) as typical,
  max(typical_2) as typical_on_the_web,
  coalesce(max(first_channels), 0) as first_channels
from (
  select avg(typical) as typical, null as typical_2, null as first_channels
  from (
    select rep, coalesce(sum(amount), 0) as typical
    from deals
    group by rep
    having count(*) > $1
  ) as rows
  union all
  select null as typical, avg(typical_2) as typical_2, null as first_channels
  from (
    select rep, coalesce(sum(amount), 0) as typical_2
    from deals
    where channel = $2
    group by rep
    having count(*) > $1
  ) as rows
  union all
  select null as typical, null as typical_2, count(distinct first_channels) as first_channels
  from (
    select rep, min(channel) as first_channels
    from deals
    group by rep
  ) as rows
) as facts
-- $1 = "1"
-- $2 = "web"
