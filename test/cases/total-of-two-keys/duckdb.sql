select
  groups.rep as rep,
  groups.channel as channel,
  groups.stage as stage,
  coalesce(groups.amount, 0) as amount,
  coalesce(totals.in_kind_total, 0) as in_kind
from (
  select rep, channel, stage, sum(amount) as amount
  from deals
  group by rep, channel, stage
) as groups
left join (
  select channel, stage, coalesce(sum(amount), 0) as in_kind_total
  from deals
  group by channel, stage
) as totals on groups.channel is not distinct from totals.channel
  and groups.stage is not distinct from totals.stage
order by rep nulls last, channel nulls last, stage nulls last
