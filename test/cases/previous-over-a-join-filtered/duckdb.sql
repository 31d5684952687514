select month, coalesce(max(note_count), 0) as note_count
from (
  select
    make_date(year(notes.written_on), month(notes.written_on), 1) as month,
    count(*) as note_count
  from notes
  left join (
    select
      called_on,
      call_id,
      case
        when called_on is not null then lag(called_on) over (
          partition by account_id, called_on is null
          order by called_on, call_id
        )
      end as previous_1
    from calls
  ) as call on call.call_id = notes.call_id
  where call.called_on - call.previous_1 > $1
    and notes.written_on >= date '2026-01-01'
    and notes.written_on < date '2026-04-01'
  group by year(notes.written_on), month(notes.written_on)
  union all
  select month, null as note_count
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "1"
