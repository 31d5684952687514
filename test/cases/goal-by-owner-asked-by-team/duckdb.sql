select
  "team.title",
  coalesce(max(won), 0) as won,
  max("won_goal.target") as "won_goal.target",
  coalesce(max(won), 0) / nullif(max("won_goal.target"), 0) as "won_goal.attainment"
from (
  select team.title as "team.title", sum(deals.amount) as won, null as "won_goal.target"
  from crm.deals
  left join crm.users as owner on owner.user_id = deals.owner_id
  left join crm.teams as team on team.team_id = owner.team_id
  where owner.team_id is not null
    and deals.closed_on >= date '2026-01-01'
    and deals.closed_on < date '2026-02-01'
  group by team.title
  union all
  select team.title as "team.title", null as won, sum("goal:won_goal".target) as "won_goal.target"
  from (
    values
      (date '2026-01-01', $1, 100),
      ('2026-01-01', $2, 50),
      ('2026-01-01', $3, 70)
  ) as "goal:won_goal"(month, owner_id, target)
  left join crm.users as owner on owner.user_id = "goal:won_goal".owner_id
  left join crm.teams as team on team.team_id = owner.team_id
  where owner.team_id is not null
    and "goal:won_goal".month >= date '2026-01-01'
    and "goal:won_goal".month < date '2026-02-01'
  group by team.title
) as facts
group by "team.title"
order by "team.title" nulls last
-- $1 = "u1"
-- $2 = "u2"
-- $3 = "u3"
