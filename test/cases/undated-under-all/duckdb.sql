select
  make_date(year(closed_on), quarter(closed_on) * 3 - 2, 1) as quarter,
  count(*) as deal_count,
  median(amount::double) as median_deal
from crm.deals
group by year(closed_on), quarter(closed_on)
order by quarter nulls last
