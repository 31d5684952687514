select
  date_trunc('quarter', closed_on::timestamp)::date as quarter,
  count(*) as deal_count,
  percentile_cont(0.5) within group (order by amount) as median_deal
from crm.deals
group by 1
order by quarter nulls last
