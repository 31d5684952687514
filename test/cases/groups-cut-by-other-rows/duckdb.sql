select max(typical) as typical, max(typical_2) as typical_on_the_web
from (
  select avg(typical) as typical, null as typical_2
  from (
    select rep, coalesce(sum(amount), 0) as typical
    from deals
    group by rep
    having count(*) > $1
  ) as rows
  union all
  select null as typical, avg(typical_2) as typical_2
  from (
    select rep, coalesce(sum(amount), 0) as typical_2
    from deals
    where channel = $2
    group by rep
    having count(*) > $1
  ) as rows
) as facts
-- $1 = "1"
-- $2 = "web"
