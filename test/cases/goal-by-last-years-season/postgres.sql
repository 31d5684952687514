select
  month,
  coalesce(sold, 0) as sold,
  "sold_goal.target",
  "sold_goal.expected",
  coalesce(sold, 0)::double precision / nullif("sold_goal.expected", 0) as "sold_goal.pace",
  case
    when "sold_goal.target" is null then null
    when case
      when month = date '2026-01-01' then date '2026-01-31'
      when month = date '2026-02-01' then date '2026-02-28'
      when month = date '2026-03-01' then date '2026-03-31'
      when month = date '2026-04-01' then date '2026-04-30'
    end = case
      when month = date '2026-01-01' then date '2026-01-31'
      when month = date '2026-02-01' then date '2026-02-28'
      when month = date '2026-03-01' then date '2026-03-10'
      when month = date '2026-04-01' then date '2026-03-10'
    end then coalesce(sold, 0)
    else (coalesce(sold, 0) * "sold_goal.target")::double precision / nullif(
      "sold_goal.expected",
      0
    )
  end as "sold_goal.landing",
  case
    when coalesce(sold, 0) is null or "sold_goal.target" is null then null
    when coalesce(sold, 0) >= "sold_goal.target" then $1::text
    when "sold_goal.expected" is null then null
    when coalesce(sold, 0) >= "sold_goal.expected" then $2::text
    when coalesce(sold, 0) >= "sold_goal.expected" * $3::numeric then $4::text
    else $5::text
  end as "sold_goal.status"
from (
  select
    month,
    max(sold) as sold,
    case
      when coalesce(max("sold_goal.target_rows"), 0) > 0
      or coalesce(max("sold_goal.target_2_rows"), 0) > 0 then case
        when coalesce(max("sold_goal.target"), 0) > $6::bigint then coalesce(
          max("sold_goal.target_2"),
          0
        )
      end
    end as "sold_goal.target",
    case
      when coalesce(max("sold_goal.expected"), 0) = coalesce(max("sold_goal.expected_2"), 0)
      and coalesce(max("sold_goal.expected"), 0) > $6::bigint then coalesce(
        max("sold_goal.expected_3"),
        0
      )
    end as "sold_goal.expected"
  from (
    select
      date_trunc('month', day::timestamp)::date as month,
      sum(amount) as sold,
      null::bigint as "sold_goal.target",
      null::bigint as "sold_goal.target_rows",
      null::bigint as "sold_goal.target_2",
      null::bigint as "sold_goal.target_2_rows",
      null::bigint as "sold_goal.expected",
      null::bigint as "sold_goal.expected_2",
      null::double precision as "sold_goal.expected_3"
    from orders
    where day >= date '2026-01-01' and day < date '2026-05-01'
    group by 1
    union all
    select
      month,
      null::bigint as sold,
      count("sold_goal.target_3") filter (where has_rows) as "sold_goal.target",
      count(*) filter (where has_rows) as "sold_goal.target_rows",
      sum("sold_goal.target_3") filter (where has_rows) as "sold_goal.target_2",
      count(*) filter (where has_rows) as "sold_goal.target_2_rows",
      count("sold_goal.expected") filter (where has_rows_2) as "sold_goal.expected",
      count("sold_goal.expected_2") filter (where has_rows_3) as "sold_goal.expected_2",
      sum("sold_goal.expected_3") filter (where has_rows_4) as "sold_goal.expected_3"
    from (
      select
        month,
        month_2,
        coalesce(sold, 0) * $7::bigint as "sold_goal.target_3",
        coalesce(sold_rows, 0) > 0 as has_rows,
        "sold_goal.target" as "sold_goal.expected",
        coalesce("sold_goal.target_rows", 0) > 0 or coalesce("sold_goal.target_2_rows", 0) > 0 as has_rows_2,
        case
          when case
            when month = date '2026-01-01' and month_2 = date '2026-01-01' then date '2026-01-31'
            when month = date '2026-02-01' and month_2 = date '2026-02-01' then date '2026-02-28'
            when month = date '2026-03-01' and month_2 = date '2026-03-01' then date '2026-03-31'
            when month = date '2026-04-01' and month_2 = date '2026-04-01' then date '2026-04-30'
          end = case
            when month = date '2026-01-01' and month_2 = date '2026-01-01' then date '2026-01-31'
            when month = date '2026-02-01' and month_2 = date '2026-02-01' then date '2026-02-28'
            when month = date '2026-03-01' and month_2 = date '2026-03-01' then date '2026-03-10'
            when month = date '2026-04-01' and month_2 = date '2026-04-01' then date '2026-03-10'
          end then "sold_goal.target"
          when case
            when month = date '2026-01-01' and month_2 = date '2026-01-01' then date '2026-01-01'
            when month = date '2026-02-01' and month_2 = date '2026-02-01' then date '2026-02-01'
            when month = date '2026-03-01' and month_2 = date '2026-03-01' then date '2026-03-01'
            when month = date '2026-04-01' and month_2 = date '2026-04-01' then date '2026-04-01'
          end <= case
            when month = date '2026-01-01' and month_2 = date '2026-01-01' then date '2026-01-31'
            when month = date '2026-02-01' and month_2 = date '2026-02-01' then date '2026-02-28'
            when month = date '2026-03-01' and month_2 = date '2026-03-01' then date '2026-03-10'
            when month = date '2026-04-01' and month_2 = date '2026-04-01' then date '2026-03-10'
          end then "sold_goal.target" * (coalesce(sold_2, 0)::double precision / nullif(sold, 0))
          else "sold_goal.target" * $6::bigint
        end as "sold_goal.expected_2",
        coalesce("sold_goal.target_rows", 0) > 0
        or coalesce("sold_goal.target_2_rows", 0) > 0
        or coalesce(sold_2_rows, 0) > 0
        or coalesce(sold_rows, 0) > 0 as has_rows_3,
        case
          when case
            when month = date '2026-01-01' and month_2 = date '2026-01-01' then date '2026-01-31'
            when month = date '2026-02-01' and month_2 = date '2026-02-01' then date '2026-02-28'
            when month = date '2026-03-01' and month_2 = date '2026-03-01' then date '2026-03-31'
            when month = date '2026-04-01' and month_2 = date '2026-04-01' then date '2026-04-30'
          end = case
            when month = date '2026-01-01' and month_2 = date '2026-01-01' then date '2026-01-31'
            when month = date '2026-02-01' and month_2 = date '2026-02-01' then date '2026-02-28'
            when month = date '2026-03-01' and month_2 = date '2026-03-01' then date '2026-03-10'
            when month = date '2026-04-01' and month_2 = date '2026-04-01' then date '2026-03-10'
          end then "sold_goal.target"
          when case
            when month = date '2026-01-01' and month_2 = date '2026-01-01' then date '2026-01-01'
            when month = date '2026-02-01' and month_2 = date '2026-02-01' then date '2026-02-01'
            when month = date '2026-03-01' and month_2 = date '2026-03-01' then date '2026-03-01'
            when month = date '2026-04-01' and month_2 = date '2026-04-01' then date '2026-04-01'
          end <= case
            when month = date '2026-01-01' and month_2 = date '2026-01-01' then date '2026-01-31'
            when month = date '2026-02-01' and month_2 = date '2026-02-01' then date '2026-02-28'
            when month = date '2026-03-01' and month_2 = date '2026-03-01' then date '2026-03-10'
            when month = date '2026-04-01' and month_2 = date '2026-04-01' then date '2026-03-10'
          end then "sold_goal.target" * (coalesce(sold_2, 0)::double precision / nullif(sold, 0))
          else "sold_goal.target" * $6::bigint
        end as "sold_goal.expected_3",
        coalesce("sold_goal.target_rows", 0) > 0
        or coalesce("sold_goal.target_2_rows", 0) > 0
        or coalesce(sold_2_rows, 0) > 0
        or coalesce(sold_rows, 0) > 0 as has_rows_4
      from (
        select
          month,
          month_2,
          max(sold) as sold,
          max(sold_rows) as sold_rows,
          max("sold_goal.target_rows") as "sold_goal.target_rows",
          max("sold_goal.target_2_rows") as "sold_goal.target_2_rows",
          max(sold_2) as sold_2,
          max(sold_2_rows) as sold_2_rows,
          case
            when coalesce(max("sold_goal.target_rows"), 0) > 0
            or coalesce(max("sold_goal.target_2_rows"), 0) > 0 then case
              when coalesce(max("sold_goal.target"), 0) > $6::bigint then coalesce(
                max("sold_goal.target_2"),
                0
              )
            end
          end as "sold_goal.target"
        from (
          select
            cells.month as month,
            cells.month_2 as month_2,
            sum(atoms.sold) filter (where cells.view = 1) as sold,
            sum(atoms.sold) filter (where cells.view = 2) as sold_2,
            sum(atoms.sold_rows) filter (where cells.view = 1) as sold_rows,
            sum(atoms.sold_rows) filter (where cells.view = 2) as sold_2_rows,
            null::bigint as "sold_goal.target",
            null::bigint as "sold_goal.target_rows",
            null::bigint as "sold_goal.target_2",
            null::bigint as "sold_goal.target_2_rows"
          from (
            select day as atom, sum(amount) as sold, count(*) as sold_rows
            from orders
            where day >= date '2025-01-01' and day < date '2025-05-01'
            group by day
          ) as atoms
          join (
            values
              (date '2026-01-01', date '2026-01-01', date '2025-01-01', date '2025-02-01', 1),
              ('2026-02-01', '2026-02-01', '2025-02-01', '2025-03-01', 1),
              ('2026-03-01', '2026-03-01', '2025-03-01', '2025-04-01', 1),
              ('2026-04-01', '2026-04-01', '2025-04-01', '2025-05-01', 1),
              ('2026-01-01', '2026-01-01', '2025-01-01', '2025-02-01', 2),
              ('2026-02-01', '2026-02-01', '2025-02-01', '2025-03-01', 2),
              ('2026-03-01', '2026-03-01', '2025-03-01', '2025-03-11', 2),
              ('2026-04-01', '2026-04-01', '2025-04-01', '2025-05-01', 2)
          ) as cells(month, month_2, "from", until, view) on atoms.atom >= cells."from"
            and atoms.atom < cells.until
          group by cells.month, cells.month_2
          union all
          select
            month,
            month_2,
            null::bigint as sold,
            null::bigint as sold_2,
            null::bigint as sold_rows,
            null::bigint as sold_2_rows,
            count("sold_goal.target") as "sold_goal.target",
            count(*) as "sold_goal.target_rows",
            sum("sold_goal.target") as "sold_goal.target_2",
            count(*) as "sold_goal.target_2_rows"
          from (
            select
              cells.month as month,
              cells.month_2 as month_2,
              cells.month_3 as month_3,
              coalesce(sum(atoms.sold), 0) * $7::bigint as "sold_goal.target"
            from (
              select day as atom, sum(amount) as sold
              from orders
              where day >= date '2025-01-01' and day < date '2025-05-01'
              group by day
            ) as atoms
            join (
              values
                (date '2026-01-01', date '2026-01-01', date '2026-01-01', date '2025-01-01', date '2025-02-01'),
                ('2026-02-01', '2026-02-01', '2026-02-01', '2025-02-01', '2025-03-01'),
                ('2026-03-01', '2026-03-01', '2026-03-01', '2025-03-01', '2025-04-01'),
                ('2026-04-01', '2026-04-01', '2026-04-01', '2025-04-01', '2025-05-01')
            ) as cells(month, month_2, month_3, "from", until) on atoms.atom >= cells."from"
              and atoms.atom < cells.until
            group by cells.month, cells.month_2, cells.month_3
          ) as rows
          group by month, month_2
        ) as facts
        group by month, month_2
      ) as groups
      offset 0
    ) as rows
    group by month
    union all
    select
      month,
      null::bigint as sold,
      null::bigint as "sold_goal.target",
      null::bigint as "sold_goal.target_rows",
      null::bigint as "sold_goal.target_2",
      null::bigint as "sold_goal.target_2_rows",
      null::bigint as "sold_goal.expected",
      null::bigint as "sold_goal.expected_2",
      null::double precision as "sold_goal.expected_3"
    from (
      select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
    ) as buckets
  ) as facts
  group by month
) as groups
order by month nulls last
-- $1 = "met"
-- $2 = "on_track"
-- $3 = "0.8"
-- $4 = "at_risk"
-- $5 = "off_track"
-- $6 = "0"
-- $7 = "2"
