select
  month,
  coalesce(won, 0) as won,
  "won_goal.target",
  coalesce(won, 0) / nullif("won_goal.target", 0) as "won_goal.attainment",
  coalesce(won, 0) - "won_goal.target" as "won_goal.gap",
  "won_goal.expected",
  coalesce(won, 0) / nullif("won_goal.expected", 0) as "won_goal.pace",
  case
    when "won_goal.target" is null then null
    when case
      when month = date '2025-12-01' then date '2025-12-31'
      when month = date '2026-01-01' then date '2026-01-31'
      when month = date '2026-02-01' then date '2026-02-28'
      when month = date '2026-03-01' then date '2026-03-31'
      when month = date '2026-04-01' then date '2026-04-30'
    end = case
      when month = date '2025-12-01' then date '2025-12-31'
      when month = date '2026-01-01' then date '2026-01-31'
      when month = date '2026-02-01' then date '2026-02-28'
      when month = date '2026-03-01' then date '2026-03-16'
      when month = date '2026-04-01' then date '2026-03-16'
    end then coalesce(won, 0)
    else coalesce(won, 0) * "won_goal.target" / nullif("won_goal.expected", 0)
  end as "won_goal.landing",
  case
    when coalesce(won, 0) is null or "won_goal.target" is null then null
    when coalesce(won, 0) >= "won_goal.target" then $1
    when "won_goal.expected" is null then null
    when coalesce(won, 0) >= "won_goal.expected" * $2 then $3
    when coalesce(won, 0) >= "won_goal.expected" * $4 then $5
    else $6
  end as "won_goal.status"
from (
  select
    month,
    max(won) as won,
    max("won_goal.target") as "won_goal.target",
    case
      when coalesce(max("won_goal.expected"), 0) > $7 then coalesce(max("won_goal.expected_2"), 0)
    end as "won_goal.expected"
  from (
    select
      make_date(year(closed_on), month(closed_on), 1) as month,
      sum(amount) as won,
      null as "won_goal.target",
      null as "won_goal.expected",
      null as "won_goal.expected_2"
    from deals
    where stage = $8 and closed_on >= date '2025-12-01' and closed_on < date '2026-05-01'
    group by year(closed_on), month(closed_on)
    union all
    select
      make_date(year(month), month(month), 1) as month,
      null as won,
      sum(target) as "won_goal.target",
      null as "won_goal.expected",
      null as "won_goal.expected_2"
    from (
      values
        (date '2025-12-01', 310),
        ('2026-01-01', 310),
        ('2026-02-01', 310),
        ('2026-03-01', 310),
        ('2026-04-01', 310)
    ) as "goal:won_goal"(month, target)
    where month >= date '2025-12-01' and month < date '2026-05-01'
    group by year(month), month(month)
    union all
    select
      month,
      null as won,
      null as "won_goal.target",
      count("won_goal.expected") as "won_goal.expected",
      sum("won_goal.expected_2") as "won_goal.expected_2"
    from (
      select
        month,
        month_2,
        "won_goal.target" * case
          when month = date '2025-12-01' and month_2 = date '2025-12-01' then 31
          when month = date '2026-01-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-03-01' then 16
          when month = date '2026-04-01' and month_2 = date '2026-04-01' then 0
        end / nullif(
          case
            when month = date '2025-12-01' and month_2 = date '2025-12-01' then 31
            when month = date '2026-01-01' and month_2 = date '2026-01-01' then 31
            when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
            when month = date '2026-03-01' and month_2 = date '2026-03-01' then 31
            when month = date '2026-04-01' and month_2 = date '2026-04-01' then 30
          end,
          0
        ) as "won_goal.expected",
        "won_goal.target" * case
          when month = date '2025-12-01' and month_2 = date '2025-12-01' then 31
          when month = date '2026-01-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-03-01' then 16
          when month = date '2026-04-01' and month_2 = date '2026-04-01' then 0
        end / nullif(
          case
            when month = date '2025-12-01' and month_2 = date '2025-12-01' then 31
            when month = date '2026-01-01' and month_2 = date '2026-01-01' then 31
            when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
            when month = date '2026-03-01' and month_2 = date '2026-03-01' then 31
            when month = date '2026-04-01' and month_2 = date '2026-04-01' then 30
          end,
          0
        ) as "won_goal.expected_2"
      from (
        select
          sum(target) as "won_goal.target",
          make_date(year(month), month(month), 1) as month,
          make_date(
            year(make_date(year(month), month(month), 1)),
            month(make_date(year(month), month(month), 1)),
            1
          ) as month_2
        from (
          values
            (date '2025-12-01', 310),
            ('2026-01-01', 310),
            ('2026-02-01', 310),
            ('2026-03-01', 310),
            ('2026-04-01', 310)
        ) as "goal:won_goal"(month, target)
        where month >= date '2025-12-01' and month < date '2026-05-01'
        group by year(month), month(month)
      ) as groups
    ) as rows
    group by month
    union all
    select
      month,
      null as won,
      null as "won_goal.target",
      null as "won_goal.expected",
      null as "won_goal.expected_2"
    from (
      select (date '2025-12-01' + to_months(step::int))::date as month from range(4) as steps(step)
    ) as buckets
  ) as facts
  group by month
) as groups
order by month nulls last
-- $1 = "met"
-- $2 = "0.9"
-- $3 = "on_track"
-- $4 = "0.5"
-- $5 = "at_risk"
-- $6 = "off_track"
-- $7 = "0"
-- $8 = "won"
