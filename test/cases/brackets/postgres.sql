select
  count(*) filter (where (amount > $1::bigint) = (stage = $2)) as agreeing,
  count(*) filter (where stage not in ($3, $4)) as decided,
  count(*) filter (where substring(
    stage::text,
    $5::bigint::int + least(letters::int, 0),
    abs(letters::int)
  ) = $6) as beginning,
  (array_agg(amount > $1::bigint order by closed_on nulls last, deal_id nulls last) filter (where (
    amount > $1::bigint
  ) is not null))[1] as was_large,
  stddev_samp(amount) filter (where stage = $2)::double precision as spread,
  case
    when min(amount) filter (where stage = $2 and discount is not null) < max(amount) filter (where stage = $2
    and discount is not null)
    and min(discount) filter (where stage = $2 and amount is not null) < max(discount) filter (where stage = $2
    and amount is not null) then corr(amount::double precision, discount::double precision) filter (where stage = $2)
  end as linked,
  count(*) filter (where stage::text collate "C" <= lower(
    translate(stage::text, 'İΣ', 'iσ') collate "und-x-icu"
  ) collate "C") as ordered,
  min(
    case
      when discount::double precision < -745.1 then 0
      when discount::double precision <= 709.782712893384 then exp(discount::double precision)
    end
  ) as growth
from deals
-- $1 = "50"
-- $2 = "won"
-- $3 = "open"
-- $4 = "lost"
-- $5 = "1"
-- $6 = "wo"
