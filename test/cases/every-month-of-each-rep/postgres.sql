with deals_facts as (
  select rep, date_trunc('month', closed_on::timestamp)::date as month, sum(amount) as amount
  from deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by rep, 2
),
deals_facts_2 as (
  select
    rep,
    channel,
    date_trunc('month', closed_on::timestamp)::date as month,
    sum(amount) as amount
  from deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by rep, channel, 3
)
select rep::text collate "C" as rep, max(monthly) as monthly, max(by_channel) as by_channel
from (
  select rep, avg(monthly)::double precision as monthly, null::double precision as by_channel
  from (
    select rep, month, coalesce(max(amount), 0) as monthly
    from (
      select rep, month, amount
      from deals_facts
      union all
      select groups.rep as rep, cells.month as month, null::numeric as amount
      from (
        select distinct rep
        from deals_facts
      ) as groups
      cross join (
        values
          (date '2026-01-01'),
          ('2026-02-01'),
          ('2026-03-01')
      ) as cells(month)
    ) as facts
    group by rep, month
  ) as rows
  group by rep
  union all
  select rep, null::double precision as monthly, avg(by_channel)::double precision as by_channel
  from (
    select rep, channel, month, coalesce(max(amount), 0) as by_channel
    from (
      select rep, channel, month, amount
      from deals_facts_2
      union all
      select
        groups.rep as rep,
        groups.channel as channel,
        cells.month as month,
        null::numeric as amount
      from (
        select distinct rep, channel
        from deals_facts_2
      ) as groups
      cross join (
        values
          (date '2026-01-01'),
          ('2026-02-01'),
          ('2026-03-01')
      ) as cells(month)
    ) as facts
    group by rep, channel, month
  ) as rows
  group by rep
) as facts
group by rep
order by rep nulls last
