with deals_facts_4 as (
  select
    rep_id as rep,
    date_trunc('month', closed_on::timestamp)::date as month,
    sum(amount) as sold
  from (
    select closed_on, amount, rep_id
    from crm.deals
    where rep_id = $1
  ) as deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by rep_id, 2
),
deals_facts_5 as (
  select
    rep_id as rep,
    date_trunc('month', closed_on::timestamp)::date as month,
    sum(amount) as sold,
    count(*) as sold_rows
  from (
    select deals.closed_on as closed_on, deals.amount as amount, deals.rep_id as rep_id
    from crm.deals
    left join crm.reps as rep on rep.rep_id = deals.rep_id
    where deals.rep_id = $1 or rep.region is not null
  ) as deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
  group by rep_id, 2
)
select
  groups.month as month,
  coalesce(groups.sold, 0) as sold,
  case when groups.mean_members >= 5 then groups.mean_2 end as mean,
  case when groups.mean_of_all_members >= 5 then groups.mean_of_all_2 end as mean_of_all,
  coalesce(groups.sold, 0)::double precision / nullif(
    case when totals.part_total_found then totals.part_total else case when null then 0 end end,
    0
  ) as part,
  groups.best_month as best_month
from (
  select
    month,
    max(sold) as sold,
    max(mean) as mean,
    max(mean_2) as mean_2,
    max(mean_members) as mean_members,
    max(mean_of_all) as mean_of_all,
    max(mean_of_all_2) as mean_of_all_2,
    max(mean_of_all_members) as mean_of_all_members,
    max(best_month) as best_month,
    bool_or("present?") as "present?"
  from (
    select
      date_trunc('month', closed_on::timestamp)::date as month,
      sum(amount) as sold,
      null::double precision as mean,
      null::double precision as mean_2,
      null::bigint as mean_members,
      null::double precision as mean_of_all,
      null::double precision as mean_of_all_2,
      null::bigint as mean_of_all_members,
      null::numeric as best_month,
      true as "present?"
    from (
      select closed_on, amount
      from crm.deals
      where rep_id = $1
    ) as deals
    where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
    group by 1
    union all
    select
      month,
      null::numeric as sold,
      avg(mean)::double precision as mean,
      null::double precision as mean_2,
      null::bigint as mean_members,
      null::double precision as mean_of_all,
      null::double precision as mean_of_all_2,
      null::bigint as mean_of_all_members,
      null::numeric as best_month,
      true as "present?"
    from (
      select
        rep_id as rep,
        date_trunc('month', closed_on::timestamp)::date as month,
        coalesce(sum(amount), 0) as mean
      from (
        select closed_on, amount, rep_id
        from crm.deals
        where rep_id = $1
      ) as deals
      where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
      group by rep_id, 2
    ) as rows
    group by month
    union all
    select
      month,
      null::numeric as sold,
      null::double precision as mean,
      avg(mean_2)::double precision as mean_2,
      count(distinct mean_members) as mean_members,
      null::double precision as mean_of_all,
      null::double precision as mean_of_all_2,
      null::bigint as mean_of_all_members,
      null::numeric as best_month,
      false as "present?"
    from (
      select
        rep_id as rep,
        date_trunc('month', closed_on::timestamp)::date as month,
        coalesce(sum(amount), 0) as mean_2,
        case when count(*) > 0 and coalesce(sum(amount), 0) is not null then rep_id::text end as mean_members
      from (
        select deals.closed_on as closed_on, deals.amount as amount, deals.rep_id as rep_id
        from crm.deals
        left join crm.reps as rep on rep.rep_id = deals.rep_id
        where deals.rep_id = $1 or rep.region is not null
      ) as deals
      where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
      group by rep_id, 2
    ) as rows
    group by month
    union all
    select
      month,
      null::numeric as sold,
      null::double precision as mean,
      null::double precision as mean_2,
      null::bigint as mean_members,
      avg(mean_of_all)::double precision as mean_of_all,
      null::double precision as mean_of_all_2,
      null::bigint as mean_of_all_members,
      null::numeric as best_month,
      true as "present?"
    from (
      select rep, month, coalesce(max(sold), 0) as mean_of_all
      from (
        select rep, month, sold
        from deals_facts_4
        union all
        select members.rep as rep, groups.month as month, null::numeric as sold
        from (
          select distinct month
          from deals_facts_4
        ) as groups
        cross join (
          select distinct rep_id as rep
          from (
            select rep_id
            from crm.reps
            where rep_id = $1
          ) as reps
        ) as members
      ) as facts
      group by rep, month
    ) as rows
    group by month
    union all
    select
      month,
      null::numeric as sold,
      null::double precision as mean,
      null::double precision as mean_2,
      null::bigint as mean_members,
      null::double precision as mean_of_all,
      avg(mean_of_all_2)::double precision as mean_of_all_2,
      count(distinct mean_of_all_members) as mean_of_all_members,
      null::numeric as best_month,
      false as "present?"
    from (
      select
        rep,
        month,
        coalesce(max(sold), 0) as mean_of_all_2,
        case
          when coalesce(max(sold_rows), 0) > 0 and coalesce(max(sold), 0) is not null then rep::text
        end as mean_of_all_members
      from (
        select rep, month, sold, sold_rows
        from deals_facts_5
        union all
        select
          members.rep as rep,
          groups.month as month,
          null::numeric as sold,
          null::bigint as sold_rows
        from (
          select distinct month
          from deals_facts_5
        ) as groups
        cross join (
          select distinct rep_id as rep
          from (
            select rep_id
            from crm.reps
            where rep_id = $1 or region is not null
          ) as reps
        ) as members
      ) as facts
      group by rep, month
    ) as rows
    group by month
    union all
    select
      month,
      null::numeric as sold,
      null::double precision as mean,
      null::double precision as mean_2,
      null::bigint as mean_members,
      null::double precision as mean_of_all,
      null::double precision as mean_of_all_2,
      null::bigint as mean_of_all_members,
      max(best_month) as best_month,
      true as "present?"
    from (
      select
        date_trunc('month', closed_on::timestamp)::date as month,
        date_trunc('month', date_trunc('month', closed_on::timestamp)::date::timestamp)::date as month_2,
        coalesce(sum(amount), 0) as best_month
      from (
        select closed_on, amount
        from crm.deals
        where rep_id = $1
      ) as deals
      where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
      group by 1
    ) as rows
    group by month
    union all
    select
      month,
      null::numeric as sold,
      null::double precision as mean,
      null::double precision as mean_2,
      null::bigint as mean_members,
      null::double precision as mean_of_all,
      null::double precision as mean_of_all_2,
      null::bigint as mean_of_all_members,
      null::numeric as best_month,
      true as "present?"
    from (
      select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
    ) as buckets
  ) as facts
  group by month
  having bool_or("present?")
) as groups
left join (
  select
    case when count(distinct rep_id) >= 5 then coalesce(sum(amount), 0) end as part_total,
    true as part_total_found
  from (
    select deals.closed_on as closed_on, deals.amount as amount, deals.rep_id as rep_id
    from crm.deals
    left join crm.reps as rep on rep.rep_id = deals.rep_id
    where deals.rep_id = $1 or rep.region is not null
  ) as deals
  where closed_on >= date '2026-01-01' and closed_on < date '2026-04-01'
) as totals on true
order by month nulls last
-- $1 = "r1"
