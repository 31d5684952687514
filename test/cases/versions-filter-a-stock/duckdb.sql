select
  month,
  coalesce(max(open_in_north), 0) as open_in_north,
  coalesce(max(open_deals), 0) as open_deals
from (
  select
    cells.month as month,
    count(*) filter (where rep.region = $1) as open_in_north,
    count(*) as open_deals
  from deals
  join (
    select unnest('[
      (2026-01-01, 2026-02-01),
      (2026-02-01, 2026-03-01),
      (2026-03-01, 2026-04-01)
    ]'::struct(month date, next date)[], recursive := true)
  ) as cells(month, next) on deals.created_on < cells.next
    and (deals.closed_on is null or deals.closed_on >= cells.next)
  left join reps as rep on rep.rep_id = deals.rep_id
    and rep.valid_from < cells.next
    and (rep.valid_until is null or rep.valid_until >= cells.next)
  where rep.region in ($1, $2) or rep.region is null
  group by cells.month
  union all
  select month, null as open_in_north, null as open_deals
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "North"
-- $2 = "South"
