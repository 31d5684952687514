select
  groups.rep as rep,
  groups.who as who,
  coalesce(groups.activity, 0) + coalesce(groups.activity_2, 0) as activity,
  case when totals.of_all_reps_total_found then totals.of_all_reps_total else 0 + 0 end as of_all_reps
from (
  select rep, who, max(activity) as activity, max(activity_2) as activity_2
  from (
    select rep_id as rep, rep_id as who, count(*) as activity, null as activity_2
    from deals
    group by rep_id, rep_id
    union all
    select rep_id as rep, caller_id as who, null as activity, count(*) as activity_2
    from calls
    group by rep_id, caller_id
  ) as facts
  group by rep, who
) as groups
left join (
  select
    who,
    coalesce(max(activity), 0) + coalesce(max(activity_2), 0) as of_all_reps_total,
    true as of_all_reps_total_found
  from (
    select rep_id as who, count(*) as activity, null as activity_2
    from deals
    group by rep_id
    union all
    select caller_id as who, null as activity, count(*) as activity_2
    from calls
    group by caller_id
  ) as facts
  group by who
) as totals on groups.who is not distinct from totals.who
order by rep nulls last, who nulls last
