select
  rep,
  coalesce(won, 0) as won,
  "rep_goal.target",
  coalesce(won_2, 0) / nullif("rep_goal.target", 0) as "rep_goal.attainment",
  coalesce(won_2, 0) - "rep_goal.target" as "rep_goal.gap",
  case
    when coalesce(won_2, 0) is null or "rep_goal.target" is null then null
    when coalesce(won_2, 0) >= "rep_goal.target" then $1
    when case
      when coalesce("rep_goal.expected", 0) > $2 then coalesce("rep_goal.expected_2", 0)
    end is null then null
    when coalesce(won_2, 0) >= case
      when coalesce("rep_goal.expected", 0) > $2 then coalesce("rep_goal.expected_2", 0)
    end then $3
    when coalesce(won_2, 0) >= case
      when coalesce("rep_goal.expected", 0) > $2 then coalesce("rep_goal.expected_2", 0)
    end * $4 then $5
    else $6
  end as "rep_goal.status"
from (
  select
    rep,
    max(won) as won,
    max(won_2) as won_2,
    max(won_rows) as won_rows,
    max(won_2_rows) as won_2_rows,
    max("rep_goal.target") as "rep_goal.target",
    max("rep_goal.expected") as "rep_goal.expected",
    max("rep_goal.expected_2") as "rep_goal.expected_2"
  from (
    select
      rep_id as rep,
      sum(amount) filter (where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01') as won,
      sum(amount) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-04-01') as won_2,
      count(*) filter (where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01') as won_rows,
      count(*) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-04-01') as won_2_rows,
      null as "rep_goal.target",
      null as "rep_goal.expected",
      null as "rep_goal.expected_2"
    from deals
    where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
    group by rep_id
    having count(*) filter (where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01') > 0
      or count(*) filter (where closed_on >= date '2026-02-01' and closed_on < date '2026-04-01') > 0
    union all
    select
      rep_id as rep,
      null as won,
      null as won_2,
      null as won_rows,
      null as won_2_rows,
      sum(target) as "rep_goal.target",
      null as "rep_goal.expected",
      null as "rep_goal.expected_2"
    from (
      values
        (date '2026-02-01', $7, 80.5),
        ('2026-03-01', $7, 80.0),
        ('2026-03-01', $8, 40.0)
    ) as "goal:rep_goal"(month, rep_id, target)
    where month >= date '2026-01-01' and month < date '2026-04-01'
    group by rep_id
    union all
    select
      rep,
      null as won,
      null as won_2,
      null as won_rows,
      null as won_2_rows,
      null as "rep_goal.target",
      count("rep_goal.expected") as "rep_goal.expected",
      sum("rep_goal.expected_2") as "rep_goal.expected_2"
    from (
      select
        rep,
        month,
        "rep_goal.target" * case
          when month = date '2026-01-01' then 31
          when month = date '2026-02-01' then 28
          when month = date '2026-03-01' then 31
        end / nullif(
          case
            when month = date '2026-01-01' then 31
            when month = date '2026-02-01' then 28
            when month = date '2026-03-01' then 31
          end,
          0
        ) as "rep_goal.expected",
        "rep_goal.target" * case
          when month = date '2026-01-01' then 31
          when month = date '2026-02-01' then 28
          when month = date '2026-03-01' then 31
        end / nullif(
          case
            when month = date '2026-01-01' then 31
            when month = date '2026-02-01' then 28
            when month = date '2026-03-01' then 31
          end,
          0
        ) as "rep_goal.expected_2"
      from (
        select
          atoms.rep as rep,
          cells.month as month,
          sum(atoms."rep_goal.target") as "rep_goal.target"
        from (
          select
            rep_id as rep,
            make_date(year(month), month(month), 1) as atom,
            sum(target) as "rep_goal.target"
          from (
            values
              (date '2026-02-01', $7, 80.5),
              ('2026-03-01', $7, 80.0),
              ('2026-03-01', $8, 40.0)
          ) as "goal:rep_goal"(month, rep_id, target)
          where month >= date '2026-02-01' and month < date '2026-04-01'
          group by rep_id, year(month), month(month)
        ) as atoms
        join (
          select unnest('[
            (2026-02-01, 2026-02-01, 2026-03-01),
            (2026-03-01, 2026-03-01, 2026-04-01)
          ]'::struct(month date, "from" date, until date)[], recursive := true)
        ) as cells(month, "from", until) on atoms.atom >= cells."from" and atoms.atom < cells.until
        group by atoms.rep, cells.month
      ) as groups
    ) as rows
    group by rep
  ) as facts
  group by rep
) as groups
order by rep nulls last
-- $1 = "met"
-- $2 = "0"
-- $3 = "on_track"
-- $4 = "0.8"
-- $5 = "at_risk"
-- $6 = "off_track"
-- $7 = "r1"
-- $8 = "r3"
