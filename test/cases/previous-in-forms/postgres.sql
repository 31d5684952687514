select month, longest_mean_gap, gap_place_rank as gap_place
from (
  select
    month,
    mean_gap,
    mean_gap_rows,
    longest_mean_gap,
    case
      when coalesce(mean_gap_rows, 0) > 0 and mean_gap is not null then rank() over (
        partition by coalesce(mean_gap_rows, 0) > 0 and mean_gap is not null
        order by mean_gap desc nulls last
      )
    end as gap_place_rank
  from (
    select
      month,
      max(mean_gap) as mean_gap,
      max(mean_gap_rows) as mean_gap_rows,
      max(longest_mean_gap) as longest_mean_gap
    from (
      select
        date_trunc('month', called_on::timestamp)::date as month,
        avg(called_on - previous_1)::double precision as mean_gap,
        count(*) as mean_gap_rows,
        null::double precision as longest_mean_gap
      from (
        select
          called_on,
          case
            when called_on is not null then lag(called_on) over (
              partition by account_id, called_on is null
              order by called_on, call_id
            )
          end as previous_1
        from calls
      ) as calls
      where called_on >= date '2026-01-01' and called_on < date '2026-04-01'
      group by 1
      union all
      select
        month,
        null::double precision as mean_gap,
        null::bigint as mean_gap_rows,
        max(mean_gap) as longest_mean_gap
      from (
        select
          account_id as account,
          date_trunc('month', called_on::timestamp)::date as month,
          avg(called_on - previous_1)::double precision as mean_gap
        from (
          select
            called_on,
            account_id,
            case
              when called_on is not null then lag(called_on) over (
                partition by account_id, called_on is null
                order by called_on, call_id
              )
            end as previous_1
          from calls
        ) as calls
        where called_on >= date '2026-01-01' and called_on < date '2026-04-01'
        group by account_id, 2
      ) as rows
      group by month
      union all
      select
        month,
        null::double precision as mean_gap,
        null::bigint as mean_gap_rows,
        null::double precision as longest_mean_gap
      from (
        select (date '2026-01-01' + step * interval '1 month')::date as month from generate_series(0, 2) as steps(step)
      ) as buckets
    ) as facts
    group by month
  ) as groups
  offset 0
) as ranked
order by month nulls last
