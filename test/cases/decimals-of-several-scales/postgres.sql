select
  order_id,
  coalesce(rough_or_fine, rough_or_fine_2) as rough_or_fine,
  coalesce(rough_or_fine_2, rough_or_fine) as fine_or_rough,
  greatest(rough_or_fine, rough_or_fine_2) as higher,
  least(rough_or_fine, rough_or_fine_2) as lower,
  coalesce(rough_or_fine, $1::numeric) as some_or_half,
  coalesce(rough_or_fine, $2::bigint) as some_or_none,
  case when cased > $3::bigint then coalesce(cased_2, 0) else coalesce(cased_3, 0) end as cased,
  different,
  coalesce(chosen, 0) as chosen
from (
  select
    order_id,
    max(rough) as rough_or_fine,
    max(fine) as rough_or_fine_2,
    count(*) as cased,
    sum(rough) as cased_2,
    sum(fine) as cased_3,
    count(distinct coalesce(rough, fine)) as different,
    sum(coalesce(rough, fine)) as chosen
  from orders
  where order_id <= $4::bigint
  group by order_id
) as groups
order by order_id nulls last
-- $1 = "0.125"
-- $2 = "0"
-- $3 = "1"
-- $4 = "3"
