with tickets_facts as (
  select
    team,
    make_date(year(day), month(day), 1) as month,
    sum(late) as late_tickets,
    avg(nullif(score, 'nan'::double)) as score
  from tickets
  where day >= date '2026-02-01' and day < date '2026-04-01'
  group by team, year(day), month(day)
),
"goal:late_goal_facts" as (
  select team, make_date(year(month), month(month), 1) as month, sum(target) as "late_goal.target"
  from (
    values
      (date '2026-03-01', $1, 31),
      ('2026-03-01', $2, 31),
      ('2026-03-01', $3, 31),
      ('2026-03-01', $4, 0),
      ('2026-02-01', $1, 10),
      ('2026-02-01', $2, 10),
      ('2026-02-01', $3, 10),
      ('2026-02-01', $4, 0)
  ) as "goal:late_goal"(month, team, target)
  where month >= date '2026-02-01' and month < date '2026-04-01'
  group by team, year(month), month(month)
),
"late_goal.expected_facts" as (
  select
    team,
    month,
    count("late_goal.expected") as "late_goal.expected",
    sum("late_goal.expected_2") as "late_goal.expected_2"
  from (
    select
      team,
      month,
      month_2,
      "late_goal.target" * case
        when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
        when month = date '2026-03-01' and month_2 = date '2026-03-01' then 10
      end / nullif(
        case
          when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-03-01' then 31
        end,
        0
      ) as "late_goal.expected",
      "late_goal.target" * case
        when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
        when month = date '2026-03-01' and month_2 = date '2026-03-01' then 10
      end / nullif(
        case
          when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-03-01' then 31
        end,
        0
      ) as "late_goal.expected_2"
    from (
      select
        team,
        sum(target) as "late_goal.target",
        make_date(year(month), month(month), 1) as month,
        make_date(
          year(make_date(year(month), month(month), 1)),
          month(make_date(year(month), month(month), 1)),
          1
        ) as month_2
      from (
        values
          (date '2026-03-01', $1, 31),
          ('2026-03-01', $2, 31),
          ('2026-03-01', $3, 31),
          ('2026-03-01', $4, 0),
          ('2026-02-01', $1, 10),
          ('2026-02-01', $2, 10),
          ('2026-02-01', $3, 10),
          ('2026-02-01', $4, 0)
      ) as "goal:late_goal"(month, team, target)
      where month >= date '2026-02-01' and month < date '2026-04-01'
      group by team, year(month), month(month)
    ) as groups
  ) as rows
  group by team, month
),
"score_goal.target_facts" as (
  select
    team,
    month,
    avg("score_goal.target_2") as "score_goal.target",
    count(*) as "score_goal.target_rows"
  from (
    select
      team,
      team as team_2,
      make_date(year(day), month(day), 1) as month,
      make_date(
        year(make_date(year(day), month(day), 1)),
        month(make_date(year(day), month(day), 1)),
        1
      ) as month_2,
      avg(nullif(score, 'nan'::double)) + $5 as "score_goal.target_2"
    from tickets
    where day >= date '2026-02-01' and day < date '2026-04-01'
    group by team, team, year(day), month(day)
  ) as rows
  group by team, month
)
select
  team,
  month,
  case
    when coalesce(late_tickets, 0) is null or "late_goal.target" is null then null
    when case
      when month = date '2026-02-01' then date '2026-02-28'
      when month = date '2026-03-01' then date '2026-03-31'
    end = case
      when month = date '2026-02-01' then date '2026-02-28'
      when month = date '2026-03-01' then date '2026-03-10'
    end
    and coalesce(late_tickets, 0) <= "late_goal.target" then $6
    when case
      when coalesce("late_goal.expected", 0) > $7 then coalesce("late_goal.expected_2", 0)
    end is null then null
    when coalesce(late_tickets, 0) <= case
      when coalesce("late_goal.expected", 0) > $7 then coalesce("late_goal.expected_2", 0)
    end then $8
    when coalesce(late_tickets, 0) * $9 <= case
      when coalesce("late_goal.expected", 0) > $7 then coalesce("late_goal.expected_2", 0)
    end then $10
    else $11
  end as "late_goal.status",
  case when coalesce("late_goal.expected", 0) > $7 then coalesce("late_goal.expected_2", 0) end as "late_goal.expected",
  case
    when score is null
    or case when coalesce("score_goal.target_rows", 0) > 0 then "score_goal.target" end is null then null
    when (score >= $12 and score <= $13)
    and case
      when month = date '2026-02-01' then date '2026-02-28'
      when month = date '2026-03-01' then date '2026-03-31'
    end = case
      when month = date '2026-02-01' then date '2026-02-28'
      when month = date '2026-03-01' then date '2026-03-10'
    end then $6
    when score >= $12 and score <= $13 then $8
    else $11
  end as "score_goal.status"
from (
  select
    team,
    month,
    max(late_tickets) as late_tickets,
    max(score) as score,
    max("late_goal.target") as "late_goal.target",
    max("late_goal.expected") as "late_goal.expected",
    max("late_goal.expected_2") as "late_goal.expected_2",
    max("score_goal.target") as "score_goal.target",
    max("score_goal.target_rows") as "score_goal.target_rows"
  from (
    select
      team,
      month,
      late_tickets,
      score,
      null as "late_goal.target",
      null as "late_goal.expected",
      null as "late_goal.expected_2",
      null as "score_goal.target",
      null as "score_goal.target_rows"
    from tickets_facts
    union all
    select
      team,
      month,
      null as late_tickets,
      null as score,
      "late_goal.target",
      null as "late_goal.expected",
      null as "late_goal.expected_2",
      null as "score_goal.target",
      null as "score_goal.target_rows"
    from "goal:late_goal_facts"
    union all
    select
      team,
      month,
      null as late_tickets,
      null as score,
      null as "late_goal.target",
      "late_goal.expected",
      "late_goal.expected_2",
      null as "score_goal.target",
      null as "score_goal.target_rows"
    from "late_goal.expected_facts"
    union all
    select
      team,
      month,
      null as late_tickets,
      null as score,
      null as "late_goal.target",
      null as "late_goal.expected",
      null as "late_goal.expected_2",
      "score_goal.target",
      "score_goal.target_rows"
    from "score_goal.target_facts"
    union all
    select
      groups.team as team,
      buckets.month as month,
      null as late_tickets,
      null as score,
      null as "late_goal.target",
      null as "late_goal.expected",
      null as "late_goal.expected_2",
      null as "score_goal.target",
      null as "score_goal.target_rows"
    from (
      select distinct team
      from (
        select team
        from tickets_facts
        union all
        select team
        from "goal:late_goal_facts"
        union all
        select team
        from "late_goal.expected_facts"
        union all
        select team
        from "score_goal.target_facts"
      ) as groups
    ) as groups
    cross join (
      select (date '2026-02-01' + to_months(step::int))::date as month from range(2) as steps(step)
    ) as buckets
  ) as facts
  group by team, month
) as groups
order by team nulls last, month nulls last
-- $1 = "a"
-- $2 = "b"
-- $3 = "c"
-- $4 = "d"
-- $5 = "1"
-- $6 = "met"
-- $7 = "0"
-- $8 = "on_track"
-- $9 = "0.8"
-- $10 = "at_risk"
-- $11 = "off_track"
-- $12 = "3"
-- $13 = "4.5"
