select max(typical) as typical, max(typical_2) as typical_on_the_web
from (
  select avg(typical)::double precision as typical, null::double precision as typical_2
  from (
    select rep, coalesce(sum(amount), 0) as typical
    from deals
    group by rep
    having count(*) > $1::bigint
  ) as rows
  union all
  select null::double precision as typical, avg(typical_2)::double precision as typical_2
  from (
    select rep, coalesce(sum(amount), 0) as typical_2
    from deals
    where channel = $2
    group by rep
    having count(*) > $1::bigint
  ) as rows
) as facts
-- $1 = "1"
-- $2 = "web"
