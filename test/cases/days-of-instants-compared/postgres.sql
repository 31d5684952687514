select
  count(*) filter (where called_at >= timestamp '2026-01-10 23:00:00') as after,
  count(*) filter (where called_at >= timestamp '2026-01-09 23:00:00') as from_then,
  count(*) filter (where called_at < timestamp '2026-01-09 23:00:00') as before,
  count(*) filter (where called_at < timestamp '2026-01-10 23:00:00') as until_then,
  count(*) filter (where called_at >= timestamp '2026-01-09 23:00:00'
  and called_at < timestamp '2026-01-10 23:00:00') as on_it,
  count(*) filter (where called_at < timestamp '2026-01-09 23:00:00'
  or called_at >= timestamp '2026-01-10 23:00:00') as not_on_it,
  count(*) filter (where called_at >= timestamp '2026-01-10 23:00:00') as after_said_first,
  count(*) filter (where called_at < timestamp '2026-01-10 23:00:00') as until_said_first,
  count(*) filter (where due_on >= $1::date) as due_from_then,
  count(*) filter (where due_on < $1::date) as due_before,
  count(*) filter (where due_on <= $1::date) as due_until_then,
  count(*) filter (where coalesce(timezone('Europe/Madrid', called_at::timestamptz)::date, $1::date) = $1::date) as on_it_or_undated
from calls
-- $1 = "2026-01-10"
