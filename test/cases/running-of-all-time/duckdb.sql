select
  min(earliest_of_latest) as earliest_of_latest,
  arg_min(earliest_of_latest, (month is null, month)) filter (where earliest_of_latest is not null) as first_latest
from (
  select atoms.month as month, max(atoms.earliest_of_latest) as earliest_of_latest
  from (
    select
      make_date(year(closed_on), month(closed_on), 1) as month,
      make_date(year(closed_on), 1, 1) as atom,
      max(touched_on) as earliest_of_latest
    from deals
    group by year(closed_on), month(closed_on), year(closed_on)
  ) as atoms
  join (
    select unnest('[
      (1)
    ]'::struct(cell bigint)[], recursive := true)
  ) as cells(cell) on atoms.atom is not null
  group by atoms.month
) as rows
