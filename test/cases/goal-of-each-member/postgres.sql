select
  owner::text collate "C" as owner,
  coalesce(max(won), 0) as won,
  case
    when coalesce(max("won_goal.target_rows"), 0) > 0
    or coalesce(max("won_goal.target_2_rows"), 0) > 0 then case
      when coalesce(max("won_goal.target"), 0) > $1::bigint then coalesce(
        max("won_goal.target_2"),
        0
      )
    end
  end as "won_goal.target",
  coalesce(max(won), 0)::double precision / nullif(
    case
      when coalesce(max("won_goal.target_rows"), 0) > 0
      or coalesce(max("won_goal.target_2_rows"), 0) > 0 then case
        when coalesce(max("won_goal.target"), 0) > $1::bigint then coalesce(
          max("won_goal.target_2"),
          0
        )
      end
    end,
    0
  ) as "won_goal.attainment"
from (
  select
    owner_id as owner,
    sum(amount) as won,
    null::bigint as "won_goal.target",
    null::bigint as "won_goal.target_rows",
    null::bigint as "won_goal.target_2",
    null::bigint as "won_goal.target_2_rows"
  from crm.deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by owner_id
  union all
  select
    owner,
    null::numeric as won,
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
        date_trunc('month', hired_on::timestamp)::date as born,
        date_trunc('month', gone_on::timestamp)::date as died,
        sum($2::bigint::bigint) as "won_goal.target"
      from crm.users
      where job = $3 and hired_on < date '2026-04-01'
      group by user_id, 2, 3
    ) as atoms
    join (
      values
        (date '2026-01-01', date '2026-02-01'),
        ('2026-02-01', '2026-03-01'),
        ('2026-03-01', '2026-04-01')
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
