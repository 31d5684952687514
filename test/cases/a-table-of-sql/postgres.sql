select coalesce(sum(amount), 0) as amount
from (
  select deal_id, amount
from raw
where not is_test
) as deals
