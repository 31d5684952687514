select
  reps.rep_id as rep,
  calls_rolled.rolled_2 as "rep.latest",
  calls_rolled.rolled_3 as "rep.opening",
  coalesce(sum(coalesce(calls_rolled.rolled_1, 0)), 0) as minutes,
  coalesce(sum(coalesce(calls_rolled.rolled_1, 0)), 0) as duration
from reps
left join (
  select
    rep_id,
    sum(minutes) as rolled_1,
    arg_max(kind, (called_on is not null, called_on, call_id)) filter (where kind is not null) as rolled_2,
    arg_min(kind, (called_on is null, called_on, call_id)) filter (where kind is not null) as rolled_3
  from calls
  group by rep_id
) as calls_rolled on calls_rolled.rep_id = reps.rep_id
group by reps.rep_id, calls_rolled.rolled_2, calls_rolled.rolled_3
order by rep nulls last, "rep.latest" nulls last, "rep.opening" nulls last
