select
  reps.region::text collate "C" as "rep.region",
  count(*) as reps_counted,
  count(*) filter (where coalesce(calls_rolled.rolled_1, 0) > $1::bigint) as busy_reps,
  avg(coalesce(calls_rolled.rolled_2, 0))::double precision as demos_per_rep,
  max(calls_rolled.rolled_3) as longest_call,
  coalesce(sum(coalesce(calls_rolled.rolled_1, 0)), 0) as all_minutes
from reps
left join (
  select
    rep as rep_id,
    sum(minutes) as rolled_1,
    count(*) filter (where kind = $2) as rolled_2,
    max(minutes) as rolled_3
  from calls
  group by rep
) as calls_rolled on calls_rolled.rep_id = reps.rep
group by reps.region
order by "rep.region" nulls last
-- $1 = "15"
-- $2 = "demo"
