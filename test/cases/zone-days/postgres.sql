select
  (
    called_at + make_interval(secs => case
      when called_at < timestamp '2026-03-29 01:00:00' then 3600
      else 7200
    end)
  )::date as day,
  count(*) as call_count
from calls
where called_at >= timestamp '2026-02-28 23:00:00' and called_at < timestamp '2026-03-31 22:00:00'
group by 1
order by day nulls last
