select run, number, coalesce(max(followed), 0) as followed, coalesce(max(at_once), 0) as at_once
from (
  select
    steps.run as run,
    steps.number as number,
    count(*) as followed,
    null as followed_rows,
    null as at_once
  from steps
  semi join (
    select user_id as key_1, run as row_1, number as row_2, done_at as moment
    from steps
  ) as steps_after on steps_after.key_1 = steps.user_id
    and steps_after.moment >= steps.done_at
    and not (steps_after.row_1 = steps.run and steps_after.row_2 = steps.number)
  group by steps.run, steps.number
  union all
  select run, number, null as followed, count(*) as followed_rows, null as at_once
  from steps
  group by run, number
  union all
  select
    steps.run as run,
    steps.number as number,
    null as followed,
    null as followed_rows,
    count(*) as at_once
  from steps
  semi join (
    select user_id as key_1, run as row_1, number as row_2, done_at as moment
    from steps
  ) as steps_after on steps_after.key_1 = steps.user_id
    and steps_after.moment >= steps.done_at
    and steps_after.moment <= steps.done_at + to_seconds(0)
    and not (steps_after.row_1 = steps.run and steps_after.row_2 = steps.number)
  group by steps.run, steps.number
) as facts
group by run, number
order by run nulls last, number nulls last
