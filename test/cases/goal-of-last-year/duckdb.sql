select
  quarter,
  coalesce(sold, 0) as sold,
  case
    when coalesce("best_goal.target_rows", 0) > 0 or coalesce("best_goal.target_2_rows", 0) > 0 then case
      when coalesce("best_goal.target", 0) > $1 then coalesce("best_goal.target_2", 0)
    end
  end as "best_goal.target",
  case
    when coalesce("late_goal.target_rows", 0) > 0 or coalesce("late_goal.target_2_rows", 0) > 0 then case
      when coalesce("late_goal.target", 0) > $1 then coalesce("late_goal.target_2", 0)
    end
  end as "late_goal.target",
  coalesce(sold_2, 0) / nullif(
    case
      when coalesce("late_goal.target_rows", 0) > 0 or coalesce("late_goal.target_2_rows", 0) > 0 then case
        when coalesce("late_goal.target", 0) > $1 then coalesce("late_goal.target_2", 0)
      end
    end,
    0
  ) as "late_goal.attainment",
  coalesce(sold_2, 0) - case
    when coalesce("late_goal.target_rows", 0) > 0 or coalesce("late_goal.target_2_rows", 0) > 0 then case
      when coalesce("late_goal.target", 0) > $1 then coalesce("late_goal.target_2", 0)
    end
  end as "late_goal.gap"
from (
  select
    quarter,
    max(sold) as sold,
    max(sold_2) as sold_2,
    max("best_goal.target") as "best_goal.target",
    max("best_goal.target_rows") as "best_goal.target_rows",
    max("best_goal.target_2") as "best_goal.target_2",
    max("best_goal.target_2_rows") as "best_goal.target_2_rows",
    max("late_goal.target") as "late_goal.target",
    max("late_goal.target_rows") as "late_goal.target_rows",
    max("late_goal.target_2") as "late_goal.target_2",
    max("late_goal.target_2_rows") as "late_goal.target_2_rows"
  from (
    select
      cells.quarter as quarter,
      sum(atoms.sold) filter (where cells.view = 1) as sold,
      sum(atoms.sold) filter (where cells.view = 2) as sold_2,
      null as "best_goal.target",
      null as "best_goal.target_rows",
      null as "best_goal.target_2",
      null as "best_goal.target_2_rows",
      null as "late_goal.target",
      null as "late_goal.target_rows",
      null as "late_goal.target_2",
      null as "late_goal.target_2_rows"
    from (
      select day as atom, sum(amount) as sold
      from orders
      where day >= date '2026-01-01' and day < date '2026-07-01'
      group by day
    ) as atoms
    join (
      select unnest('[
        (2026-01-01, 2026-01-01, 2026-04-01, 1),
        (2026-04-01, 2026-04-01, 2026-07-01, 1),
        (2026-01-01, 2026-02-01, 2026-04-01, 2),
        (2026-04-01, 2026-04-01, 2026-07-01, 2)
      ]'::struct(quarter date, "from" date, until date, view bigint)[], recursive := true)
    ) as cells(quarter, "from", until, view) on atoms.atom >= cells."from"
      and atoms.atom < cells.until
    group by cells.quarter
    union all
    select
      quarter,
      null as sold,
      null as sold_2,
      count(best) as "best_goal.target",
      count(*) as "best_goal.target_rows",
      sum(best) as "best_goal.target_2",
      count(*) as "best_goal.target_2_rows",
      null as "late_goal.target",
      null as "late_goal.target_rows",
      null as "late_goal.target_2",
      null as "late_goal.target_2_rows"
    from (
      select cells.quarter as quarter, cells.month as month, max(atoms.best) as best
      from (
        select day as atom, max(amount) as best
        from orders
        where day >= date '2025-01-01' and day < date '2025-07-01'
        group by day
      ) as atoms
      join (
        select unnest('[
          (2026-01-01, 2026-01-01, 2025-01-01, 2025-02-01),
          (2026-01-01, 2026-02-01, 2025-02-01, 2025-03-01),
          (2026-01-01, 2026-03-01, 2025-03-01, 2025-04-01),
          (2026-04-01, 2026-04-01, 2025-04-01, 2025-05-01),
          (2026-04-01, 2026-05-01, 2025-05-01, 2025-06-01),
          (2026-04-01, 2026-06-01, 2025-06-01, 2025-07-01)
        ]'::struct(quarter date, month date, "from" date, until date)[], recursive := true)
      ) as cells(quarter, month, "from", until) on atoms.atom >= cells."from"
        and atoms.atom < cells.until
      group by cells.quarter, cells.month
    ) as rows
    group by quarter
    union all
    select
      quarter,
      null as sold,
      null as sold_2,
      null as "best_goal.target",
      null as "best_goal.target_rows",
      null as "best_goal.target_2",
      null as "best_goal.target_2_rows",
      count("late_goal.target") as "late_goal.target",
      count(*) as "late_goal.target_rows",
      sum("late_goal.target") as "late_goal.target_2",
      count(*) as "late_goal.target_2_rows"
    from (
      select
        cells.quarter as quarter,
        cells.month as month,
        coalesce(sum(atoms.sold), 0) as "late_goal.target"
      from (
        select day as atom, sum(amount) as sold
        from orders
        where day >= date '2025-02-01' and day < date '2025-04-01'
        group by day
      ) as atoms
      join (
        select unnest('[
          (2026-01-01, 2026-02-01, 2025-02-01, 2025-03-01),
          (2026-01-01, 2026-03-01, 2025-03-01, 2025-04-01)
        ]'::struct(quarter date, month date, "from" date, until date)[], recursive := true)
      ) as cells(quarter, month, "from", until) on atoms.atom >= cells."from"
        and atoms.atom < cells.until
      group by cells.quarter, cells.month
    ) as rows
    group by quarter
    union all
    select
      quarter,
      null as sold,
      null as sold_2,
      null as "best_goal.target",
      null as "best_goal.target_rows",
      null as "best_goal.target_2",
      null as "best_goal.target_2_rows",
      null as "late_goal.target",
      null as "late_goal.target_rows",
      null as "late_goal.target_2",
      null as "late_goal.target_2_rows"
    from (
      select (date '2026-01-01' + to_months((step * 3)::int))::date as quarter from range(2) as steps(step)
    ) as buckets
  ) as facts
  group by quarter
) as groups
order by quarter nulls last
-- $1 = "0"
