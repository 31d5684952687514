select
  count(*) filter (where (amount > $1) = (stage = $2)) as agreeing,
  count(*) filter (where stage not in ($3, $4)) as decided,
  count(*) filter (where substring(stage, $5::int, letters::int) = $6) as beginning,
  arg_min(amount > $1, (closed_on is null, closed_on, deal_id)) filter (where (amount > $1) is not null) as was_large,
  stddev_samp(amount::double) filter (where stage = $2) as spread,
  nullif(corr(amount::double, discount::double) filter (where stage = $2), 'nan'::double) as linked,
  count(*) filter (where stage <= lower(stage)) as ordered,
  min(nullif(nullif(nullif(exp(discount), 'Infinity'::double), '-Infinity'::double), 'NaN'::double)) as growth
from deals
-- $1 = "50"
-- $2 = "won"
-- $3 = "open"
-- $4 = "lost"
-- $5 = "1"
-- $6 = "wo"
