select
  owner,
  coalesce(max(won), 0) as won,
  case
    when coalesce(max("won_goal.target_rows"), 0) > 0
    or coalesce(max("won_goal.target_2_rows"), 0) > 0 then case
      when coalesce(max("won_goal.target"), 0) > $1 then coalesce(max("won_goal.target_2"), 0)
    end
  end as "won_goal.target",
  coalesce(max(won), 0) / nullif(
    case
      when coalesce(max("won_goal.target_rows"), 0) > 0
      or coalesce(max("won_goal.target_2_rows"), 0) > 0 then case
        when coalesce(max("won_goal.target"), 0) > $1 then coalesce(max("won_goal.target_2"), 0)
      end
    end,
    0
  ) as "won_goal.attainment"
from (
  select
    owner_id as owner,
    sum(amount) as won,
    null as "won_goal.target",
    null as "won_goal.target_rows",
    null as "won_goal.target_2",
    null as "won_goal.target_2_rows"
  from crm.deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by owner_id
  union all
  select
    owner,
    null as won,
    count("won_goal.target_2") as "won_goal.target",
    count(*) as "won_goal.target_rows",
    sum("won_goal.target_2") as "won_goal.target_2",
    count(*) as "won_goal.target_2_rows"
  from (
    select
      atoms.owner as owner,
      cells.month as month,
      coalesce(sum(atoms."won_goal.target"), 0) as "won_goal.target_2"
    from (
      select
        user_id as owner,
        make_date(year(hired_on), month(hired_on), 1) as born,
        make_date(year(gone_on), month(gone_on), 1) as died,
        sum($2) as "won_goal.target"
      from crm.users
      where job = $3 and hired_on < date '2026-04-01'
      group by user_id, year(hired_on), month(hired_on), year(gone_on), month(gone_on)
    ) as atoms
    join (
      select unnest('[
        (2026-01-01, 2026-02-01),
        (2026-02-01, 2026-03-01),
        (2026-03-01, 2026-04-01)
      ]'::struct(month date, next date)[], recursive := true)
    ) as cells(month, next) on atoms.born < cells.next
      and (atoms.died is null or atoms.died >= cells.next)
    group by atoms.owner, cells.month
  ) as rows
  group by owner
) as facts
group by owner
order by owner nulls last
-- $1 = "0"
-- $2 = "100"
-- $3 = "seller"
