select
  week,
  coalesce(max(calls_made), 0) as calls_made,
  case
    when coalesce(max("calls_goal.expected"), 0) > $1 then coalesce(max("calls_goal.expected_2"), 0)
  end as "calls_goal.expected",
  coalesce(max(calls_made), 0) / nullif(
    case
      when coalesce(max("calls_goal.expected"), 0) > $1 then coalesce(
        max("calls_goal.expected_2"),
        0
      )
    end,
    0
  ) as "calls_goal.pace"
from (
  select
    day - (isodow(day) - 1)::int as week,
    count(*) as calls_made,
    null as "calls_goal.expected",
    null as "calls_goal.expected_2"
  from calls
  where day >= date '2026-02-16' and day < date '2026-03-16'
  group by 1
  union all
  select
    week,
    null as calls_made,
    count("calls_goal.expected") as "calls_goal.expected",
    sum("calls_goal.expected_2") as "calls_goal.expected_2"
  from (
    select
      week,
      month,
      "calls_goal.target" * case
        when week = date '2026-02-16' and month = date '2026-02-01' then 5
        when week = date '2026-02-23' and month = date '2026-02-01' then 5
        when week = date '2026-02-23' and month = date '2026-03-01' then 0
        when week = date '2026-03-02' and month = date '2026-03-01' then 5
        when week = date '2026-03-09' and month = date '2026-03-01' then 2
      end / nullif(
        case
          when week = date '2026-02-16' and month = date '2026-02-01' then 20
          when week = date '2026-02-23' and month = date '2026-02-01' then 20
          when week = date '2026-02-23' and month = date '2026-03-01' then 22
          when week = date '2026-03-02' and month = date '2026-03-01' then 22
          when week = date '2026-03-09' and month = date '2026-03-01' then 22
        end,
        0
      ) as "calls_goal.expected",
      "calls_goal.target" * case
        when week = date '2026-02-16' and month = date '2026-02-01' then 5
        when week = date '2026-02-23' and month = date '2026-02-01' then 5
        when week = date '2026-02-23' and month = date '2026-03-01' then 0
        when week = date '2026-03-02' and month = date '2026-03-01' then 5
        when week = date '2026-03-09' and month = date '2026-03-01' then 2
      end / nullif(
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
        select unnest('[
          (2026-02-16, 2026-02-01, 2026-02-01, 2026-03-01),
          (2026-02-23, 2026-02-01, 2026-02-01, 2026-03-01),
          (2026-02-23, 2026-03-01, 2026-03-01, 2026-04-01),
          (2026-03-02, 2026-03-01, 2026-03-01, 2026-04-01),
          (2026-03-09, 2026-03-01, 2026-03-01, 2026-04-01)
        ]'::struct(week date, month date, "from" date, until date)[], recursive := true)
      ) as cells(week, month, "from", until) on atoms.atom >= cells."from"
        and atoms.atom < cells.until
      group by cells.week, cells.month
    ) as groups
  ) as rows
  group by week
  union all
  select week, null as calls_made, null as "calls_goal.expected", null as "calls_goal.expected_2"
  from (
    select date '2026-02-16' + (step * 7)::int as week from range(4) as steps(step)
  ) as buckets
) as facts
group by week
order by week nulls last
-- $1 = "0"
