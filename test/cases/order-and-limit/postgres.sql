select rep_id::text collate "C" as rep, count(*) as deal_count
from crm.deals
group by rep_id
order by deal_count desc nulls last, rep nulls last
limit 3
