select
  cells.month as month,
  atoms.rep as rep,
  coalesce(sum(atoms.deals_of_reps), 0) as deals_of_reps
from (
  select
    reps.rep_id as rep,
    make_date(year(reps.valid_from), month(reps.valid_from), 1) as born,
    make_date(year(reps.valid_until), month(reps.valid_until), 1) as died,
    sum(coalesce(deals_rolled.rolled_1, 0)) as deals_of_reps
  from reps
  left join (
    select rep_id, count(*) as rolled_1
    from deals
    group by rep_id
  ) as deals_rolled on deals_rolled.rep_id = reps.rep_id
  where reps.valid_from < date '2026-04-01'
  group by
    reps.rep_id,
    year(reps.valid_from),
    month(reps.valid_from),
    year(reps.valid_until),
    month(reps.valid_until)
) as atoms
join (
  select unnest('[
    (2026-02-01, 2026-03-01),
    (2026-03-01, 2026-04-01)
  ]'::struct(month date, next date)[], recursive := true)
) as cells(month, next) on atoms.born < cells.next
  and (atoms.died is null or atoms.died >= cells.next)
group by atoms.rep, cells.month
order by month nulls last, rep nulls last
