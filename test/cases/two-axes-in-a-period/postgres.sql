select
  region::text collate "C" as region,
  coalesce(max(closed), 0) as closed,
  coalesce(max(created), 0) as created
from (
  select region, sum(amount) as closed, null::numeric as created
  from deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by region
  union all
  select region, null::numeric as closed, sum(amount) as created
  from deals
  where created_on >= date '2026-01-01' and created_on < date '2026-04-01'
  group by region
) as facts
group by region
order by region nulls last
