with deals_facts as (
  select
    atoms.rep as rep,
    cells.month as month,
    sum(atoms.deal_count) filter (where cells.view = 1) as deal_count,
    sum(atoms.won_before) filter (where cells.view = 2) as won_before
  from (
    select
      rep,
      date_trunc('month', closed_on::timestamp)::date as atom,
      count(*) as deal_count,
      count(*) filter (where stage = $1) as won_before
    from deals
    where closed_on >= date '2026-01-01' and closed_on < date '2026-03-01'
    group by rep, 2
  ) as atoms
  join (
    values
      (date '2026-02-01', date '2026-02-01', date '2026-03-01', 1),
      ('2026-02-01', '2026-01-01', '2026-02-01', 2)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by atoms.rep, cells.month
  having sum(atoms.deal_count) filter (where cells.view = 1) > 0
    or sum(atoms.won_before) filter (where cells.view = 2) > 0
)
select
  rep::text collate "C" as rep,
  month,
  coalesce(max(deal_count), 0) as deal_count,
  coalesce(max(won_before), 0) as won_before
from (
  select rep, month, deal_count, won_before
  from deals_facts
  union all
  select
    groups.rep as rep,
    buckets.month as month,
    null::bigint as deal_count,
    null::bigint as won_before
  from (
    select distinct rep
    from deals_facts
  ) as groups
  cross join (
    select (date '2026-02-01' + step * interval '1 month')::date as month from generate_series(0, 0) as steps(step)
  ) as buckets
) as facts
group by rep, month
order by rep nulls last, month nulls last
-- $1 = "won"
