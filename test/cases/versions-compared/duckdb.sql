select
  region as "rep.region",
  count(*) filter (where valid_from < date '2026-03-01'
  and (valid_until is null or valid_until >= date '2026-03-01')) as headcount,
  count(*) filter (where valid_from < date '2026-02-01'
  and (valid_until is null or valid_until >= date '2026-02-01')) as "headcount.prior",
  count(*) filter (where valid_from < date '2026-03-01'
  and (valid_until is null or valid_until >= date '2026-03-01')) - count(*) filter (where valid_from < date '2026-02-01'
  and (valid_until is null or valid_until >= date '2026-02-01')) as "headcount.change"
from reps
group by region
having count(*) filter (where valid_from < date '2026-03-01'
  and (valid_until is null or valid_until >= date '2026-03-01')) > 0
  or count(*) filter (where valid_from < date '2026-02-01'
  and (valid_until is null or valid_until >= date '2026-02-01')) > 0
order by "rep.region" nulls last
