select month, gap_size, call_count, gap_share
from (
  select
    groups.month as month,
    groups.gap_size as gap_size,
    groups.call_count as call_count,
    groups.first_calls::double precision / nullif(totals.gap_share_total, 0) as gap_share
  from (
    select
      case
        when called_on - previous_2 < 5 then '< 5'
        when called_on - previous_2 < 15 then '5 to < 15'
        when called_on - previous_2 >= 15 then '>= 15'
      end as gap_size,
      date_trunc('month', called_on::timestamp)::date as month,
      count(*) as call_count,
      count(*) filter (where previous_1 is null) as first_calls
    from (
      select
        called_on,
        case
          when called_on is not null then lag(call_id) over (
            partition by account_id, called_on is null
            order by called_on, call_id
          )
        end as previous_1,
        case
          when called_on is not null then lag(called_on) over (
            partition by account_id, called_on is null
            order by called_on, call_id
          )
        end as previous_2
      from calls
    ) as calls
    where called_on >= date '2026-01-01' and called_on < date '2026-04-01'
    group by 1, 2
  ) as groups
  left join (
    select count(*) as gap_share_total
    from (
      select
        called_on,
        case
          when called_on is not null then lag(call_id) over (
            partition by account_id, called_on is null
            order by called_on, call_id
          )
        end as previous_1
      from calls
    ) as calls
    where previous_1 is null and called_on >= date '2026-01-01' and called_on < date '2026-04-01'
  ) as totals on true
  offset 0
) as rows
order by
  month nulls last,
  case gap_size when '< 5' then 0 when '5 to < 15' then 1 when '>= 15' then 2 end desc nulls last
