select
  win_rate,
  "avg_goal.target",
  win_rate / nullif("avg_goal.target", 0) as "avg_goal.attainment",
  "avg_goal.target" as "avg_goal.expected",
  case
    when win_rate is null or "avg_goal.target" is null then null
    when date '2026-03-31' = date '2026-03-31' and win_rate >= "avg_goal.target" then $1
    when "avg_goal.target" is null then null
    when win_rate >= "avg_goal.target" then $2
    when win_rate >= "avg_goal.target" * $3 then $4
    else $5
  end as "avg_goal.status",
  "last_goal.target",
  win_rate as "last_goal.landing",
  case
    when win_rate is null or "last_goal.target" is null then null
    when date '2026-03-31' = date '2026-03-31' and win_rate >= "last_goal.target" then $1
    when "last_goal.target" is null then null
    when win_rate >= "last_goal.target" then $2
    when win_rate >= "last_goal.target" * $3 then $4
    else $5
  end as "last_goal.status",
  "again_goal.target",
  win_rate / nullif("again_goal.target", 0) as "again_goal.pace",
  case
    when win_rate is null or "again_goal.target" is null then null
    when date '2026-03-31' = date '2026-03-31' and win_rate >= "again_goal.target" then $1
    when "again_goal.target" is null then null
    when win_rate >= "again_goal.target" then $2
    when win_rate >= "again_goal.target" * $3 then $4
    else $5
  end as "again_goal.status"
from (
  select
    coalesce(max(win_rate), 0) / nullif(max(win_rate_2), 0) as win_rate,
    case when coalesce(max("avg_goal.target_rows"), 0) > 0 then max("avg_goal.target") end as "avg_goal.target",
    case when coalesce(max("last_goal.target_rows"), 0) > 0 then max("last_goal.target") end as "last_goal.target",
    case
      when coalesce(max(win_rate_3), 0) > 0 or coalesce(max(win_rate_4), 0) > 0 then coalesce(
        max(win_rate_3),
        0
      ) / nullif(max(win_rate_4), 0) * $6
    end as "again_goal.target"
  from (
    select
      sum(atoms.win_rate) filter (where cells.view = 1) as win_rate,
      sum(atoms.win_rate_2) filter (where cells.view = 1) as win_rate_2,
      sum(atoms.win_rate) filter (where cells.view = 2) as win_rate_3,
      sum(atoms.win_rate_2) filter (where cells.view = 2) as win_rate_4,
      null as "avg_goal.target",
      null as "avg_goal.target_rows",
      null as "last_goal.target",
      null as "last_goal.target_rows"
    from (
      select day as atom, count(*) filter (where is_won) as win_rate, count(*) as win_rate_2
      from leads
      where day >= date '2025-01-01' and day < date '2026-04-01'
      group by day
    ) as atoms
    join (
      select unnest('[
        (2026-01-01, 2026-04-01, 1),
        (2025-01-01, 2025-04-01, 2)
      ]'::struct("from" date, until date, view bigint)[], recursive := true)
    ) as cells("from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
    union all
    select
      null as win_rate,
      null as win_rate_2,
      null as win_rate_3,
      null as win_rate_4,
      avg(target) as "avg_goal.target",
      count(*) as "avg_goal.target_rows",
      null as "last_goal.target",
      null as "last_goal.target_rows"
    from (
      values
        (date '2026-01-01', $7, 0.50),
        ('2026-02-01', $7, 0.25),
        ('2026-03-01', $7, 0.25),
        ('2026-02-01', $8, 1.00),
        ('2026-03-01', $8, 0.50)
    ) as "goal:avg_goal"(month, source, target)
    where month >= date '2026-01-01' and month < date '2026-04-01'
    union all
    select
      null as win_rate,
      null as win_rate_2,
      null as win_rate_3,
      null as win_rate_4,
      null as "avg_goal.target",
      null as "avg_goal.target_rows",
      arg_max(target, (month is not null, month, month)) filter (where target is not null) as "last_goal.target",
      count(*) as "last_goal.target_rows"
    from (
      values
        (date '2026-01-01', 0.2),
        ('2026-02-01', 0.4),
        ('2026-03-01', 0.8)
    ) as "goal:last_goal"(month, target)
    where month >= date '2026-01-01' and month < date '2026-04-01'
  ) as facts
) as groups
-- $1 = "met"
-- $2 = "on_track"
-- $3 = "0.8"
-- $4 = "at_risk"
-- $5 = "off_track"
-- $6 = "2"
-- $7 = "web"
-- $8 = "fair"
