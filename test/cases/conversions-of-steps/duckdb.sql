select
  user_id,
  coalesce(max(a_to_b), 0) as a_to_b,
  coalesce(max(a_to_b_in_an_hour), 0) as a_to_b_in_an_hour,
  coalesce(max(a_to_b_by_day), 0) as a_to_b_by_day,
  coalesce(max(a_to_a), 0) as a_to_a
from (
  select
    steps.user_id as user_id,
    count(*) as a_to_b,
    null as a_to_b_rows,
    null as a_to_b_by_day_rows,
    null as a_to_b_in_an_hour,
    null as a_to_b_by_day,
    null as a_to_a
  from steps
  semi join (
    select user_id as key_1, run as row_1, number as row_2, done_at as moment
    from steps
    where step = $1
  ) as steps_after on steps_after.key_1 = steps.user_id
    and steps_after.moment >= steps.done_at
    and not (steps_after.row_1 = steps.run and steps_after.row_2 = steps.number)
  where steps.step = $2
  group by steps.user_id
  union all
  select
    user_id,
    null as a_to_b,
    count(*) as a_to_b_rows,
    count(*) filter (where done_on is not null) as a_to_b_by_day_rows,
    null as a_to_b_in_an_hour,
    null as a_to_b_by_day,
    null as a_to_a
  from steps
  where step = $2
  group by user_id
  union all
  select
    steps.user_id as user_id,
    null as a_to_b,
    null as a_to_b_rows,
    null as a_to_b_by_day_rows,
    count(*) as a_to_b_in_an_hour,
    null as a_to_b_by_day,
    null as a_to_a
  from steps
  semi join (
    select user_id as key_1, run as row_1, number as row_2, done_at as moment
    from steps
    where step = $1
  ) as steps_after on steps_after.key_1 = steps.user_id
    and steps_after.moment >= steps.done_at
    and steps_after.moment <= steps.done_at + to_seconds(3600)
    and not (steps_after.row_1 = steps.run and steps_after.row_2 = steps.number)
  where steps.step = $2
  group by steps.user_id
  union all
  select
    steps.user_id as user_id,
    null as a_to_b,
    null as a_to_b_rows,
    null as a_to_b_by_day_rows,
    null as a_to_b_in_an_hour,
    count(*) as a_to_b_by_day,
    null as a_to_a
  from steps
  semi join (
    select user_id as key_1, run as row_1, number as row_2, done_on as moment
    from steps
    where step = $1
  ) as steps_after on steps_after.key_1 = steps.user_id
    and steps_after.moment >= steps.done_on
    and not (steps_after.row_1 = steps.run and steps_after.row_2 = steps.number)
  where steps.step = $2 and steps.done_on is not null
  group by steps.user_id
  union all
  select
    steps.user_id as user_id,
    null as a_to_b,
    null as a_to_b_rows,
    null as a_to_b_by_day_rows,
    null as a_to_b_in_an_hour,
    null as a_to_b_by_day,
    count(*) as a_to_a
  from steps
  semi join (
    select user_id as key_1, run as row_1, number as row_2, done_at as moment
    from steps
    where step = $2
  ) as steps_after on steps_after.key_1 = steps.user_id
    and steps_after.moment >= steps.done_at
    and not (steps_after.row_1 = steps.run and steps_after.row_2 = steps.number)
  where steps.step = $2
  group by steps.user_id
) as facts
group by user_id
order by user_id nulls last
-- $1 = "b"
-- $2 = "a"
