select
  groups.channel::text collate "C" as channel,
  coalesce(groups.amount, 0) as amount,
  totals.even_total as even
from (
  select channel, max(amount) as amount, max(even) as even
  from (
    select channel, sum(amount) as amount, null::double precision as even
    from deals
    group by channel
    union all
    select channel, null::numeric as amount, avg(even) as even
    from (
      select
        groups.channel as channel,
        groups.rep as rep,
        coalesce(groups.amount, 0)::double precision / nullif(totals.even_total, 0) as even
      from (
        select channel, rep, sum(amount) as amount
        from deals
        group by channel, rep
      ) as groups
      left join (
        select coalesce(max(amount), 0) as even_total
        from (
          select sum(amount) as amount, null::double precision as even_total
          from deals
          union all
          select null::numeric as amount, avg(even_total) as even_total
          from (
            select
              groups.rep as rep,
              coalesce(groups.amount, 0)::double precision / nullif(totals.even_total_total, 0) as even_total
            from (
              select rep, sum(amount) as amount
              from deals
              group by rep
            ) as groups
            left join (
              select coalesce(sum(amount), 0) as even_total_total
              from deals
            ) as totals on true
            offset 0
          ) as rows
        ) as facts
      ) as totals on true
      offset 0
    ) as rows
    group by channel
  ) as facts
  group by channel
) as groups
left join (
  select max(even_total) as even_total
  from (
    select sum(amount) as amount, null::double precision as even_total
    from deals
    union all
    select null::numeric as amount, avg(even_total_2) as even_total
    from (
      select
        groups.rep as rep,
        coalesce(groups.amount, 0)::double precision / nullif(totals.even_total_total, 0) as even_total_2
      from (
        select rep, sum(amount) as amount
        from deals
        group by rep
      ) as groups
      left join (
        select coalesce(sum(amount), 0) as even_total_total
        from deals
      ) as totals on true
      offset 0
    ) as rows
  ) as facts
) as totals on true
order by channel nulls last
