select
  source::text collate "C" as source,
  coalesce(max(orders), 0) as orders,
  coalesce(max(leads), 0) as leads
from (
  select channel as source, count(*) as orders, null::bigint as leads
  from orders
  group by channel
  union all
  select origin as source, null::bigint as orders, count(*) as leads
  from leads
  group by origin
) as facts
group by source
order by source nulls last
