select
  month,
  max("g.target") as "g.target",
  max("g.target_2") as to_date_target,
  case when coalesce(max("g.expected"), 0) > $1 then coalesce(max("g.expected_2"), 0) end as to_date_expected,
  max("g.target_3") as before,
  coalesce(max(reps_on_target), 0) as reps_on_target,
  max("g.target_4") as north
from (
  select
    cells.month as month,
    sum(atoms."g.target") filter (where cells.view = 1) as "g.target",
    sum(atoms."g.target") filter (where cells.view = 2) as "g.target_2",
    sum(atoms."g.target") filter (where cells.view = 3) as "g.target_3",
    sum(atoms."g.target_4") filter (where cells.view = 1) as "g.target_4",
    null as "g.expected",
    null as "g.expected_2",
    null as reps_on_target
  from (
    select
      "goal:g".month as atom,
      sum("goal:g".target) as "g.target",
      sum("goal:g".target) filter (where rep.region = $2) as "g.target_4"
    from (
      values
        (date '2026-01-01', $3, 10),
        ('2026-02-01', $3, 20),
        ('2026-03-01', $3, 31),
        ('2026-01-01', $4, 30),
        ('2026-02-01', $4, 20),
        ('2026-03-01', $4, 62)
    ) as "goal:g"(month, rep_id, target)
    left join reps as rep on rep.rep_id = "goal:g".rep_id
    where "goal:g".month >= date '2025-12-01' and "goal:g".month < date '2026-04-01'
    group by "goal:g".month
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-01-01, 2026-02-01, 1),
      (2026-02-01, 2026-02-01, 2026-03-01, 1),
      (2026-03-01, 2026-03-01, 2026-04-01, 1),
      (2026-01-01, 2026-01-01, 2026-02-01, 2),
      (2026-02-01, 2026-01-01, 2026-03-01, 2),
      (2026-03-01, 2026-01-01, 2026-04-01, 2),
      (2026-01-01, 2025-12-01, 2026-01-01, 3),
      (2026-02-01, 2026-01-01, 2026-02-01, 3),
      (2026-03-01, 2026-02-01, 2026-03-01, 3)
    ]'::struct(month date, "from" date, until date, view bigint)[], recursive := true)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    month,
    null as "g.target",
    null as "g.target_2",
    null as "g.target_3",
    null as "g.target_4",
    count("g.expected") as "g.expected",
    sum("g.expected_2") as "g.expected_2",
    null as reps_on_target
  from (
    select
      month,
      month_2,
      "g.target" * case
        when month = date '2026-01-01' and month_2 = date '2026-01-01' then 31
        when month = date '2026-02-01' and month_2 = date '2026-01-01' then 31
        when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
        when month = date '2026-03-01' and month_2 = date '2026-01-01' then 31
        when month = date '2026-03-01' and month_2 = date '2026-02-01' then 28
        when month = date '2026-03-01' and month_2 = date '2026-03-01' then 10
      end / nullif(
        case
          when month = date '2026-01-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-02-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-03-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-03-01' then 31
        end,
        0
      ) as "g.expected",
      "g.target" * case
        when month = date '2026-01-01' and month_2 = date '2026-01-01' then 31
        when month = date '2026-02-01' and month_2 = date '2026-01-01' then 31
        when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
        when month = date '2026-03-01' and month_2 = date '2026-01-01' then 31
        when month = date '2026-03-01' and month_2 = date '2026-02-01' then 28
        when month = date '2026-03-01' and month_2 = date '2026-03-01' then 10
      end / nullif(
        case
          when month = date '2026-01-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-02-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-03-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-03-01' then 31
        end,
        0
      ) as "g.expected_2"
    from (
      select atoms.month_2 as month_2, cells.month as month, sum(atoms."g.target") as "g.target"
      from (
        select
          make_date(year(month), month(month), 1) as month_2,
          make_date(year(month), month(month), 1) as atom,
          sum(target) as "g.target"
        from (
          values
            (date '2026-01-01', $3, 10),
            ('2026-02-01', $3, 20),
            ('2026-03-01', $3, 31),
            ('2026-01-01', $4, 30),
            ('2026-02-01', $4, 20),
            ('2026-03-01', $4, 62)
        ) as "goal:g"(month, rep_id, target)
        where month >= date '2026-01-01' and month < date '2026-04-01'
        group by year(month), month(month), year(month), month(month)
      ) as atoms
      join (
        select unnest('[
          (2026-01-01, 2026-01-01, 2026-02-01),
          (2026-02-01, 2026-01-01, 2026-03-01),
          (2026-03-01, 2026-01-01, 2026-04-01)
        ]'::struct(month date, "from" date, until date)[], recursive := true)
      ) as cells(month, "from", until) on atoms.atom >= cells."from" and atoms.atom < cells.until
      group by atoms.month_2, cells.month
    ) as groups
  ) as rows
  group by month
  union all
  select
    month,
    null as "g.target",
    null as "g.target_2",
    null as "g.target_3",
    null as "g.target_4",
    null as "g.expected",
    null as "g.expected_2",
    count("g.target") as reps_on_target
  from (
    select rep, month, max("g.target") as "g.target"
    from (
      select
        rep_id as rep,
        make_date(year(closed_on), month(closed_on), 1) as month,
        sum(amount) as won,
        null as "g.target",
        false as "present?"
      from deals
      where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
      group by rep_id, year(closed_on), month(closed_on)
      union all
      select
        rep_id as rep,
        make_date(year(month), month(month), 1) as month,
        null as won,
        sum(target) as "g.target",
        true as "present?"
      from (
        values
          (date '2026-01-01', $3, 10),
          ('2026-02-01', $3, 20),
          ('2026-03-01', $3, 31),
          ('2026-01-01', $4, 30),
          ('2026-02-01', $4, 20),
          ('2026-03-01', $4, 62)
      ) as "goal:g"(month, rep_id, target)
      where month >= date '2026-01-01' and month < date '2026-04-01'
      group by rep_id, year(month), month(month)
    ) as facts
    group by rep, month
    having bool_or("present?") and coalesce(max(won), 0) / nullif(max("g.target"), 0) >= $5
  ) as rows
  group by month
  union all
  select
    month,
    null as "g.target",
    null as "g.target_2",
    null as "g.target_3",
    null as "g.target_4",
    null as "g.expected",
    null as "g.expected_2",
    null as reps_on_target
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "0"
-- $2 = "north"
-- $3 = "r1"
-- $4 = "r2"
-- $5 = "1"
