select
  cells.month as month,
  rep.region as "rep.region",
  opener.region as "opener.region",
  rep_today.region as "rep_today.region",
  count(*) as open_deals
from deals
left join reps as rep_today on rep_today.rep_id = deals.rep_id
  and rep_today.valid_from < date '2026-04-01'
  and (rep_today.valid_until is null or rep_today.valid_until >= date '2026-04-01')
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
left join reps as opener on opener.rep_id = deals.rep_id
  and opener.valid_from < cells.next
  and (opener.valid_until is null or opener.valid_until >= cells.next)
group by rep.region, opener.region, rep_today.region, cells.month
order by
  month nulls last,
  "rep.region" nulls last,
  "opener.region" nulls last,
  "rep_today.region" nulls last
