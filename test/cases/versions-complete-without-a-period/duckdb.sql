with reps_facts as (
  select rep_id as rep, count(*) as hires
  from reps
  where valid_from < date '2026-04-01'
    and (valid_until is null or valid_until >= date '2026-04-01')
    and hired_on is not null
  group by rep_id
)
select rep, coalesce(max(hires), 0) as hires
from (
  select rep, hires
  from reps_facts
  union all
  select rep, null as hires
  from (
    select distinct rep_id as rep
    from reps
    where valid_from is not null
  ) as rows
) as facts
group by rep
order by rep nulls last
