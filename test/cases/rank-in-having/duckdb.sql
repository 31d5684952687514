select
  rep,
  coalesce(won, 0) as won,
  coalesce(won_by_the_second, 0) as won_by_the_second,
  coalesce(won_by_the_first, 0) as won_by_the_first
from (
  select
    rep,
    won,
    amount,
    amount_rows,
    won_by_the_second,
    won_by_the_first,
    "present?",
    case
      when coalesce(amount_rows, 0) > 0 and coalesce(amount, 0) is not null then rank() over (
        partition by coalesce(amount_rows, 0) > 0 and coalesce(amount, 0) is not null
        order by coalesce(amount, 0) desc nulls last
      )
    end as having_rank
  from (
    select
      rep,
      max(won) as won,
      max(amount) as amount,
      max(amount_rows) as amount_rows,
      max(won_by_the_second) as won_by_the_second,
      max(won_by_the_first) as won_by_the_first,
      bool_or("present?") as "present?"
    from (
      select
        rep,
        count(*) filter (where is_won) as won,
        sum(amount) as amount,
        count(*) as amount_rows,
        null as won_by_the_second,
        null as won_by_the_first,
        count(*) filter (where is_won) > 0 as "present?"
      from deals
      group by rep
      union all
      select
        rep,
        null as won,
        null as amount,
        null as amount_rows,
        sum(won_by_the_second) as won_by_the_second,
        null as won_by_the_first,
        true as "present?"
      from (
        select rep, won as won_by_the_second
        from (
          select
            rep,
            amount,
            won,
            amount_rows,
            "present?",
            case
              when coalesce(amount_rows, 0) > 0 and coalesce(amount, 0) is not null then rank() over (
                partition by coalesce(amount_rows, 0) > 0 and coalesce(amount, 0) is not null
                order by coalesce(amount, 0) desc nulls last
              )
            end as having_rank
          from (
            select
              rep,
              sum(amount) as amount,
              count(*) filter (where is_won) as won,
              count(*) as amount_rows,
              count(*) filter (where is_won) > 0 as "present?"
            from deals
            group by rep
          ) as groups
        ) as ranked
        where "present?" and having_rank = $1
      ) as rows
      group by rep
      union all
      select
        rep,
        null as won,
        null as amount,
        null as amount_rows,
        null as won_by_the_second,
        sum(won_by_the_first) as won_by_the_first,
        true as "present?"
      from (
        select rep, won as won_by_the_first
        from (
          select
            rep,
            amount,
            won,
            amount_rows,
            "present?",
            case
              when coalesce(amount_rows, 0) > 0 and coalesce(amount, 0) is not null then rank() over (
                partition by coalesce(amount_rows, 0) > 0 and coalesce(amount, 0) is not null
                order by coalesce(amount, 0) desc nulls last
              )
            end as having_rank
          from (
            select
              rep,
              sum(amount) as amount,
              count(*) filter (where is_won) as won,
              count(*) as amount_rows,
              count(*) filter (where is_won) > 0 as "present?"
            from deals
            group by rep
          ) as groups
        ) as ranked
        where "present?" and having_rank = $2
      ) as rows
      group by rep
    ) as facts
    group by rep
  ) as groups
) as ranked
where "present?" and having_rank = $1
order by rep nulls last
-- $1 = "2"
-- $2 = "1"
