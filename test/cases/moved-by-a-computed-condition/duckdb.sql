select month, coalesce(max(amount), 0) as amount, coalesce(max(amount_2), 0) as before
from (
  select
    cells.month as month,
    sum(atoms.amount) filter (where cells.view = 1) as amount,
    sum(atoms.amount) filter (where cells.view = 2) as amount_2
  from (
    select closed_on as atom, sum(amount) as amount
    from deals
    where amount >= $1 and closed_on >= date '2026-01-01' and closed_on < date '2026-03-01'
    group by closed_on
  ) as atoms
  join (
    select unnest('[
      (2026-02-01, 2026-02-01, 2026-03-01, 1),
      (2026-02-01, 2026-01-01, 2026-02-01, 2)
    ]'::struct(month date, "from" date, until date, view bigint)[], recursive := true)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select month, null as amount, null as amount_2
  from (
    select (date '2026-02-01' + to_months(step::int))::date as month from range(1) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "10"
