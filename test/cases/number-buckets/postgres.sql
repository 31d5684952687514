select size, deal_count
from (
  select
    case
      when amount < 50 then '< 50'
      when amount < 100 then '50 to < 100'
      when amount >= 100 then '>= 100'
    end as size,
    count(*) as deal_count
  from crm.deals
  group by 1
) as rows
order by case size when '< 50' then 0 when '50 to < 100' then 1 when '>= 100' then 2 end nulls last
