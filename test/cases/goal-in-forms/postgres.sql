select
  month,
  max("g.target") as "g.target",
  max("g.target_2") as to_date_target,
  case when coalesce(max("g.expected"), 0) > $1::bigint then coalesce(max("g.expected_2"), 0) end as to_date_expected,
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
    null::bigint as "g.expected",
    null::double precision as "g.expected_2",
    null::bigint as reps_on_target
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
    values
      (date '2026-01-01', date '2026-01-01', date '2026-02-01', 1),
      ('2026-02-01', '2026-02-01', '2026-03-01', 1),
      ('2026-03-01', '2026-03-01', '2026-04-01', 1),
      ('2026-01-01', '2026-01-01', '2026-02-01', 2),
      ('2026-02-01', '2026-01-01', '2026-03-01', 2),
      ('2026-03-01', '2026-01-01', '2026-04-01', 2),
      ('2026-01-01', '2025-12-01', '2026-01-01', 3),
      ('2026-02-01', '2026-01-01', '2026-02-01', 3),
      ('2026-03-01', '2026-02-01', '2026-03-01', 3)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    month,
    null::bigint as "g.target",
    null::bigint as "g.target_2",
    null::bigint as "g.target_3",
    null::bigint as "g.target_4",
    count("g.expected") as "g.expected",
    sum("g.expected_2") as "g.expected_2",
    null::bigint as reps_on_target
  from (
    select
      month,
      month_2,
      (
        "g.target" * case
          when month = date '2026-01-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-02-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-03-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-03-01' then 10
        end
      )::double precision / nullif(
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
      (
        "g.target" * case
          when month = date '2026-01-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-02-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-02-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-01-01' then 31
          when month = date '2026-03-01' and month_2 = date '2026-02-01' then 28
          when month = date '2026-03-01' and month_2 = date '2026-03-01' then 10
        end
      )::double precision / nullif(
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
          date_trunc('month', month::timestamp)::date as month_2,
          date_trunc('month', month::timestamp)::date as atom,
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
        group by 1, 2
      ) as atoms
      join (
        values
          (date '2026-01-01', date '2026-01-01', date '2026-02-01'),
          ('2026-02-01', '2026-01-01', '2026-03-01'),
          ('2026-03-01', '2026-01-01', '2026-04-01')
      ) as cells(month, "from", until) on atoms.atom >= cells."from" and atoms.atom < cells.until
      group by atoms.month_2, cells.month
    ) as groups
    offset 0
  ) as rows
  group by month
  union all
  select
    month,
    null::bigint as "g.target",
    null::bigint as "g.target_2",
    null::bigint as "g.target_3",
    null::bigint as "g.target_4",
    null::bigint as "g.expected",
    null::double precision as "g.expected_2",
    count("g.target") as reps_on_target
  from (
    select rep, month, max("g.target") as "g.target"
    from (
      select
        rep_id as rep,
        date_trunc('month', closed_on::timestamp)::date as month,
        sum(amount) as won,
        null::bigint as "g.target",
        false as "present?"
      from deals
      where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
      group by rep_id, 2
      union all
      select
        rep_id as rep,
        date_trunc('month', month::timestamp)::date as month,
        null::bigint as won,
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
      group by rep_id, 2
    ) as facts
    group by rep, month
    having bool_or("present?")
      and coalesce(max(won), 0)::double precision / nullif(max("g.target"), 0) >= $5::bigint
  ) as rows
  group by month
  union all
  select
    month,
    null::bigint as "g.target",
    null::bigint as "g.target_2",
    null::bigint as "g.target_3",
    null::bigint as "g.target_4",
    null::bigint as "g.expected",
    null::double precision as "g.expected_2",
    null::bigint as reps_on_target
  from (
    select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "0"
-- $2 = "north"
-- $3 = "r1"
-- $4 = "r2"
-- $5 = "1"
