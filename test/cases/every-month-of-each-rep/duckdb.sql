with deals_facts as (
  select rep, make_date(year(closed_on), month(closed_on), 1) as month, sum(amount) as amount
  from deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by rep, year(closed_on), month(closed_on)
),
deals_facts_2 as (
  select
    rep,
    channel,
    make_date(year(closed_on), month(closed_on), 1) as month,
    sum(amount) as amount
  from deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by rep, channel, year(closed_on), month(closed_on)
)
select rep, max(monthly) as monthly, max(by_channel) as by_channel
from (
  select rep, avg(monthly) as monthly, null as by_channel
  from (
    select rep, month, coalesce(max(amount), 0) as monthly
    from (
      select rep, month, amount
      from deals_facts
      union all
      select groups.rep as rep, cells.month as month, null as amount
      from (
        select distinct rep
        from deals_facts
      ) as groups
      cross join (
        select unnest('[
          (2026-01-01),
          (2026-02-01),
          (2026-03-01)
        ]'::struct(month date)[], recursive := true)
      ) as cells(month)
    ) as facts
    group by rep, month
  ) as rows
  group by rep
  union all
  select rep, null as monthly, avg(by_channel) as by_channel
  from (
    select rep, channel, month, coalesce(max(amount), 0) as by_channel
    from (
      select rep, channel, month, amount
      from deals_facts_2
      union all
      select groups.rep as rep, groups.channel as channel, cells.month as month, null as amount
      from (
        select distinct rep, channel
        from deals_facts_2
      ) as groups
      cross join (
        select unnest('[
          (2026-01-01),
          (2026-02-01),
          (2026-03-01)
        ]'::struct(month date)[], recursive := true)
      ) as cells(month)
    ) as facts
    group by rep, channel, month
  ) as rows
  group by rep
) as facts
group by rep
order by rep nulls last
