select
  week,
  coalesce(max(calls_made), 0) as calls_made,
  case
    when coalesce(max("calls_goal.expected"), 0) > $1::bigint then coalesce(
      max("calls_goal.expected_2"),
      0
    )
  end as "calls_goal.expected",
  coalesce(max(calls_made), 0)::double precision / nullif(
    case
      when coalesce(max("calls_goal.expected"), 0) > $1::bigint then coalesce(
        max("calls_goal.expected_2"),
        0
      )
    end,
    0
  ) as "calls_goal.pace"
from (
  select
    date_trunc('week', day::timestamp)::date as week,
    count(*) as calls_made,
    null::bigint as "calls_goal.expected",
    null::double precision as "calls_goal.expected_2"
  from calls
  where day >= date '2026-02-16' and day < date '2026-03-16'
  group by 1
  union all
  select
    week,
    null::bigint as calls_made,
    count("calls_goal.expected") as "calls_goal.expected",
    sum("calls_goal.expected_2") as "calls_goal.expected_2"
  from (
    select
      week,
      month,
      (
        "calls_goal.target" * case
          when week = date '2026-02-16' and month = date '2026-02-01' then 5
          when week = date '2026-02-23' and month = date '2026-02-01' then 5
          when week = date '2026-02-23' and month = date '2026-03-01' then 0
          when week = date '2026-03-02' and month = date '2026-03-01' then 5
          when week = date '2026-03-09' and month = date '2026-03-01' then 2
        end
      )::double precision / nullif(
        case
          when week = date '2026-02-16' and month = date '2026-02-01' then 20
          when week = date '2026-02-23' and month = date '2026-02-01' then 20
          when week = date '2026-02-23' and month = date '2026-03-01' then 22
          when week = date '2026-03-02' and month = date '2026-03-01' then 22
          when week = date '2026-03-09' and month = date '2026-03-01' then 22
        end,
        0
      ) as "calls_goal.expected",
      (
        "calls_goal.target" * case
          when week = date '2026-02-16' and month = date '2026-02-01' then 5
          when week = date '2026-02-23' and month = date '2026-02-01' then 5
          when week = date '2026-02-23' and month = date '2026-03-01' then 0
          when week = date '2026-03-02' and month = date '2026-03-01' then 5
          when week = date '2026-03-09' and month = date '2026-03-01' then 2
        end
      )::double precision / nullif(
        case
          when week = date '2026-02-16' and month = date '2026-02-01' then 20
          when week = date '2026-02-23' and month = date '2026-02-01' then 20
          when week = date '2026-02-23' and month = date '2026-03-01' then 22
          when week = date '2026-03-02' and month = date '2026-03-01' then 22
          when week = date '2026-03-09' and month = date '2026-03-01' then 22
        end,
        0
      ) as "calls_goal.expected_2"
    from (
      select
        cells.week as week,
        cells.month as month,
        sum(atoms."calls_goal.target") as "calls_goal.target"
      from (
        select month as atom, sum(target) as "calls_goal.target"
        from (
          values
            (date '2026-02-01', 60),
            ('2026-03-01', 60)
        ) as "goal:calls_goal"(month, target)
        where month >= date '2026-02-01' and month < date '2026-04-01'
        group by month
      ) as atoms
      join (
        values
          (date '2026-02-16', date '2026-02-01', date '2026-02-01', date '2026-03-01'),
          ('2026-02-23', '2026-02-01', '2026-02-01', '2026-03-01'),
          ('2026-02-23', '2026-03-01', '2026-03-01', '2026-04-01'),
          ('2026-03-02', '2026-03-01', '2026-03-01', '2026-04-01'),
          ('2026-03-09', '2026-03-01', '2026-03-01', '2026-04-01')
      ) as cells(week, month, "from", until) on atoms.atom >= cells."from"
        and atoms.atom < cells.until
      group by cells.week, cells.month
    ) as groups
    offset 0
  ) as rows
  group by week
  union all
  select
    week,
    null::bigint as calls_made,
    null::bigint as "calls_goal.expected",
    null::double precision as "calls_goal.expected_2"
  from (
    select date '2026-02-16' + step * 7 as week from generate_series(0, 3) as steps(step)
  ) as buckets
) as facts
group by week
order by week nulls last
-- $1 = "0"
