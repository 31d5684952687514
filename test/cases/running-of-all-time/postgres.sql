select
  min(earliest_of_latest) as earliest_of_latest,
  (array_agg(earliest_of_latest order by month nulls last) filter (where earliest_of_latest is not null))[1] as first_latest
from (
  select atoms.month as month, max(atoms.earliest_of_latest) as earliest_of_latest
  from (
    select
      date_trunc('month', closed_on::timestamp)::date as month,
      date_trunc('year', closed_on::timestamp)::date as atom,
      max(touched_on) as earliest_of_latest
    from deals
    group by 1, 2
  ) as atoms
  join (
    values
      (1)
  ) as cells(cell) on atoms.atom is not null
  group by atoms.month
) as rows
