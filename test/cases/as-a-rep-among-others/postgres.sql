select
  rep::text collate "C" as rep,
  "rep.region"::text collate "C" as "rep.region",
  coalesce(sold, 0) as sold,
  place_rank as place,
  place_in_region_rank as place_in_region,
  coalesce(sold, 0)::double precision / nullif(
    case when part_total_found then part_total else case when null then 0 end end,
    0
  ) as part,
  case when part_total_found then part_total else case when null then 0 end end as whole
from (
  select
    rep,
    "rep.region",
    sold,
    sold_rows,
    sold_2,
    sold_2_rows,
    "present?",
    part_total,
    part_total_found,
    case
      when (coalesce(sold_rows, 0) > 0 and coalesce(sold, 0) is not null)
      and step
      and rep is not null then case
        when count(*) over (partition by step and rep is not null) >= 5 then rank() over (
          partition by step
          order by coalesce(sold_2, 0) desc nulls last
        )
      end
    end as place_rank,
    case
      when (coalesce(sold_rows, 0) > 0 and coalesce(sold, 0) is not null)
      and step_2
      and rep is not null then case
        when count(*) over (partition by "rep.region", step_2 and rep is not null) >= 5 then rank() over (
          partition by "rep.region", step_2
          order by coalesce(sold_2, 0) desc nulls last
        )
      end
    end as place_in_region_rank
  from (
    select
      groups.rep as rep,
      groups."rep.region" as "rep.region",
      groups.sold as sold,
      groups.sold_rows as sold_rows,
      groups.sold_2 as sold_2,
      groups.sold_2_rows as sold_2_rows,
      groups."present?" as "present?",
      totals.part_total as part_total,
      totals.part_total_found as part_total_found,
      coalesce(groups.sold_2_rows, 0) > 0 and coalesce(groups.sold_2, 0) is not null as step,
      coalesce(groups.sold_2_rows, 0) > 0 and coalesce(groups.sold_2, 0) is not null as step_2
    from (
      select
        rep,
        "rep.region",
        max(sold) as sold,
        max(sold_rows) as sold_rows,
        max(sold_2) as sold_2,
        max(sold_2_rows) as sold_2_rows,
        bool_or("present?") as "present?"
      from (
        select
          rep,
          "rep.region",
          sold,
          sold_rows,
          null::numeric as sold_2,
          null::bigint as sold_2_rows,
          true as "present?"
        from (
          select
            deals.rep_id as rep,
            rep.region as "rep.region",
            deals.sold as sold,
            deals.sold_rows as sold_rows
          from (
            select rep_id, sum(amount) as sold, count(*) as sold_rows
            from (
              select amount, rep_id
              from crm.deals
              where rep_id = $1
            ) as deals
            group by rep_id
          ) as deals
          left join (
            select region, rep_id
            from crm.reps
            where rep_id = $1
          ) as rep on rep.rep_id = deals.rep_id
        ) as groups
        union all
        select
          rep,
          "rep.region",
          null::numeric as sold,
          null::bigint as sold_rows,
          sold_2,
          sold_2_rows,
          false as "present?"
        from (
          select
            deals.rep_id as rep,
            rep.region as "rep.region",
            deals.sold_2 as sold_2,
            deals.sold_2_rows as sold_2_rows
          from (
            select rep_id, sum(amount) as sold_2, count(*) as sold_2_rows
            from (
              select deals.amount as amount, deals.rep_id as rep_id
              from crm.deals
              left join crm.reps as rep on rep.rep_id = deals.rep_id
              where deals.rep_id = $1 or rep.region is not null
            ) as deals
            group by rep_id
          ) as deals
          left join (
            select region, rep_id
            from crm.reps
            where rep_id = $1 or region is not null
          ) as rep on rep.rep_id = deals.rep_id
        ) as groups
      ) as facts
      group by rep, "rep.region"
    ) as groups
    left join (
      select
        case when count(distinct rep_id) >= 5 then coalesce(sum(amount), 0) end as part_total,
        true as part_total_found
      from (
        select deals.amount as amount, deals.rep_id as rep_id
        from crm.deals
        left join crm.reps as rep on rep.rep_id = deals.rep_id
        where deals.rep_id = $1 or rep.region is not null
      ) as deals
    ) as totals on true
    offset 0
  ) as groups
  offset 0
) as ranked
where "present?"
order by rep nulls last, "rep.region" nulls last
-- $1 = "r1"
