select week, coalesce(max(headcount), 0) as headcount
from (
  select cells.week as week, sum(atoms.headcount) as headcount
  from (
    select
      greatest(
        make_date(year(valid_from), month(valid_from), 1),
        case
          when valid_from >= date '2026-03-16' then date '2026-03-16'
          when valid_from >= date '2026-03-09' then date '2026-03-09'
          when valid_from >= date '2026-03-02' then date '2026-03-02'
          when valid_from >= date '2026-02-23' then date '2026-02-23'
          when valid_from >= date '2026-02-16' then date '2026-02-16'
        end
      ) as born,
      case
        when valid_until is not null then greatest(
          make_date(year(valid_until), month(valid_until), 1),
          case
            when valid_until >= date '2026-03-16' then date '2026-03-16'
            when valid_until >= date '2026-03-09' then date '2026-03-09'
            when valid_until >= date '2026-03-02' then date '2026-03-02'
            when valid_until >= date '2026-02-23' then date '2026-02-23'
            when valid_until >= date '2026-02-16' then date '2026-02-16'
          end
        )
      end as died,
      count(*) as headcount
    from reps
    where valid_from < date '2026-03-16'
    group by 1, 2
  ) as atoms
  join (
    select unnest('[
      (2026-02-09, 2026-02-16),
      (2026-02-16, 2026-02-23),
      (2026-02-23, 2026-03-02),
      (2026-03-02, 2026-03-09),
      (2026-03-09, 2026-03-16)
    ]'::struct(week date, next date)[], recursive := true)
  ) as cells(week, next) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.week
  union all
  select week, null as headcount
  from (
    select date '2026-02-09' + (step * 7)::int as week from range(5) as steps(step)
  ) as buckets
) as facts
group by week
order by week nulls last
