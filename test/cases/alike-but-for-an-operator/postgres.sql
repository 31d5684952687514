select
  avg("both") filter (where has_rows)::double precision as "both",
  avg(balance) filter (where has_rows_2)::double precision as balance,
  percentile_cont(0.5) within group (order by middle) filter (where has_rows_3) as middle
from (
  select
    rep,
    coalesce(won, 0) + coalesce(lost, 0) as "both",
    won_rows > 0 or lost_rows > 0 as has_rows,
    coalesce(won, 0) - coalesce(lost, 0) as balance,
    won_rows > 0 or lost_rows > 0 as has_rows_2,
    coalesce(won, 0) as middle,
    won_rows > 0 as has_rows_3
  from (
    select
      rep,
      sum(amount) filter (where stage = $1) as won,
      sum(amount) filter (where stage = $2) as lost,
      count(*) filter (where stage = $1) as won_rows,
      count(*) filter (where stage = $2) as lost_rows
    from deals
    group by rep
    having count(*) filter (where stage = $1) > 0 or count(*) filter (where stage = $2) > 0
  ) as groups
  offset 0
) as rows
-- $1 = "won"
-- $2 = "lost"
