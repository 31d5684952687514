select
  month,
  coalesce(max(amount), 0) as amount,
  coalesce(max(amount_2), 0) as "amount.prior",
  coalesce(max(amount), 0) - coalesce(max(amount_2), 0) as "amount.change"
from (
  select
    cells.month as month,
    sum(atoms.amount) filter (where cells.view = 1) as amount,
    sum(atoms.amount) filter (where cells.view = 2) as amount_2
  from (
    select closed_on as atom, sum(amount) as amount
    from deals
    where closed_on >= date '2026-02-01' and closed_on < date '2026-04-01'
    group by closed_on
  ) as atoms
  join (
    values
      (date '2026-03-01', date '2026-03-01', date '2026-04-01', 1),
      ('2026-03-01', '2026-02-01', '2026-03-01', 2)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select month, null::bigint as amount, null::bigint as amount_2
  from (
    select (date '2026-03-01' + step * interval '1 month')::date as month from generate_series(0, 0) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
