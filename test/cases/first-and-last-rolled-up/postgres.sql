select
  reps.rep_id::text collate "C" as rep,
  calls_rolled.rolled_2::text collate "C" as "rep.latest",
  calls_rolled.rolled_3::text collate "C" as "rep.opening",
  coalesce(sum(coalesce(calls_rolled.rolled_1, 0)), 0) as minutes,
  coalesce(sum(coalesce(calls_rolled.rolled_1, 0)), 0) as duration
from reps
left join (
  select
    rep_id,
    sum(minutes) as rolled_1,
    (array_agg(kind::text order by called_on desc nulls last, call_id desc nulls last) filter (where kind::text is not null))[1] as rolled_2,
    (array_agg(kind::text order by called_on nulls last, call_id nulls last) filter (where kind::text is not null))[1] as rolled_3
  from calls
  group by rep_id
) as calls_rolled on calls_rolled.rep_id = reps.rep_id
group by reps.rep_id, calls_rolled.rolled_2, calls_rolled.rolled_3
order by rep nulls last, "rep.latest" nulls last, "rep.opening" nulls last
