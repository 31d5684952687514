select run, number, coalesce(max(followed), 0) as followed, coalesce(max(at_once), 0) as at_once
from (
  select run, number, count(*) as followed, null::bigint as followed_rows, null::bigint as at_once
  from steps
  where exists (
      select 1
      from (
        select user_id as key_1, run as row_1, number as row_2, done_at as moment
        from steps
      ) as steps_after
      where steps_after.key_1 = steps.user_id
        and steps_after.moment >= steps.done_at
        and not (steps_after.row_1 = steps.run and steps_after.row_2 = steps.number)
    )
  group by run, number
  union all
  select run, number, null::bigint as followed, count(*) as followed_rows, null::bigint as at_once
  from steps
  group by run, number
  union all
  select run, number, null::bigint as followed, null::bigint as followed_rows, count(*) as at_once
  from steps
  where exists (
      select 1
      from (
        select user_id as key_1, run as row_1, number as row_2, done_at as moment
        from steps
      ) as steps_after
      where steps_after.key_1 = steps.user_id
        and steps_after.moment >= steps.done_at
        and steps_after.moment <= steps.done_at + interval '0 seconds'
        and not (steps_after.row_1 = steps.run and steps_after.row_2 = steps.number)
    )
  group by run, number
) as facts
group by run, number
order by run nulls last, number nulls last
