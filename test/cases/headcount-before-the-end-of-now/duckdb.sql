select month, coalesce(max(headcount), 0) as headcount, coalesce(max(payroll), 0) as payroll
from (
  select cells.month as month, sum(atoms.headcount) as headcount, sum(atoms.payroll) as payroll
  from (
    select
      greatest(
        make_date(year(valid_from), month(valid_from), 1),
        case when valid_from >= date '2026-02-20' then date '2026-02-20' end
      ) as born,
      case
        when valid_until is not null then greatest(
          make_date(year(valid_until), month(valid_until), 1),
          case when valid_until >= date '2026-02-20' then date '2026-02-20' end
        )
      end as died,
      count(*) as headcount,
      sum(salary) as payroll
    from reps
    where valid_from < date '2026-04-01'
    group by 1, 2
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-02-01),
      (2026-02-01, 2026-02-20),
      (2026-03-01, 2026-04-01)
    ]'::struct(month date, next date)[], recursive := true)
  ) as cells(month, next) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select month, null as headcount, null as payroll
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
