select size, coalesce(max(deal_count), 0) as deal_count, coalesce(max(call_count), 0) as call_count
from (
  select
    case
      when amount < 50 then '< 50'
      when amount < 100 then '50 to < 100'
      when amount >= 100 then '>= 100'
    end as size,
    count(*) as deal_count,
    null as call_count
  from deals
  group by 1
  union all
  select
    case
      when minutes < 5 then '< 5'
      when minutes < 100 then '5 to < 100'
      when minutes >= 100 then '>= 100'
    end as size,
    null as deal_count,
    count(*) as call_count
  from calls
  group by 1
) as facts
group by size
order by size nulls last
