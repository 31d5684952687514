select area as region, max(amount) as area, -count(*) as debt
from deals
group by 1
order by region nulls last
