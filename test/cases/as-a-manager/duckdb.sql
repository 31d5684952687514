select
  "rep.name",
  "rep.manager.name",
  coalesce(max(won), 0) as won,
  coalesce(max(heads), 0) as heads
from (
  select
    rep.name as "rep.name",
    rep_manager.name as "rep.manager.name",
    sum(deals.won) as won,
    null as heads
  from (
    select rep_id, sum(amount) as won
    from (
      select deals.stage as stage, deals.amount as amount, deals.rep_id as rep_id
      from crm.deals
      left join crm.reps as rep on rep.rep_id = deals.rep_id
      where rep.manager_id = $1 or deals.rep_id = $1
    ) as deals
    where stage = $2
    group by rep_id
  ) as deals
  left join (
    select name, rep_id, manager_id
    from crm.reps
    where manager_id = $1 or rep_id = $1
  ) as rep on rep.rep_id = deals.rep_id
  left join (
    select name, rep_id
    from crm.reps
    where manager_id = $1 or rep_id = $1
  ) as rep_manager on rep_manager.rep_id = rep.manager_id
  group by rep.name, rep_manager.name
  union all
  select reps.name as "rep.name", manager.name as "rep.manager.name", null as won, count(*) as heads
  from (
    select name, manager_id
    from crm.reps
    where manager_id = $1 or rep_id = $1
  ) as reps
  left join (
    select name, rep_id
    from crm.reps
    where manager_id = $1 or rep_id = $1
  ) as manager on manager.rep_id = reps.manager_id
  group by reps.name, manager.name
) as facts
group by "rep.name", "rep.manager.name"
order by "rep.name" nulls last, "rep.manager.name" nulls last
-- $1 = "r1"
-- $2 = "won"
