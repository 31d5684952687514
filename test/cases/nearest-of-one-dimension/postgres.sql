select
  source::text collate "C" as source,
  coalesce(max(leads), 0) as leads,
  coalesce(max(deals), 0) as deals
from (
  select source, count(*) as leads, null::bigint as deals
  from leads
  group by source
  union all
  select source, null::bigint as leads, count(*) as deals
  from deals
  group by source
) as facts
group by source
order by source nulls last
