select
  month,
  coalesce(max(leads_received), 0) as leads_received,
  coalesce(max(converted), 0) as converted,
  coalesce(max(converted), 0) / nullif(max(leads_received), 0) as rate,
  coalesce(max(converted_2), 0) as converted_before,
  coalesce(max(converted_2), 0) / nullif(max(converted_rows), 0) as rate_before,
  coalesce(max(converted_3), 0) as two_months,
  coalesce(max(converted_4), 0) as ever,
  coalesce(max(converted_5), 0) / nullif(max(converted_rows_4), 0) as to_year
from (
  select
    cells.month as month,
    sum(atoms.leads_received) filter (where cells.view = 1) as leads_received,
    sum(atoms.leads_received) filter (where cells.view = 2) as converted_rows,
    sum(atoms.leads_received) filter (where cells.view = 3) as converted_rows_2,
    sum(atoms.leads_received) filter (where cells.view = 4) as converted_rows_3,
    sum(atoms.leads_received) filter (where cells.view = 5) as converted_rows_4,
    null as converted,
    null as converted_2,
    null as converted_3,
    null as converted_4,
    null as converted_5
  from (
    select
      make_date(
        year(timezone('Europe/Madrid', received_at::timestamptz)),
        month(timezone('Europe/Madrid', received_at::timestamptz)),
        1
      ) as atom,
      count(*) as leads_received
    from leads
    where received_at < timestamp '2026-03-31 22:00:00'
    group by
      year(timezone('Europe/Madrid', received_at::timestamptz)),
      month(timezone('Europe/Madrid', received_at::timestamptz))
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-01-01, 2026-02-01, 1),
      (2026-02-01, 2026-02-01, 2026-03-01, 1),
      (2026-03-01, 2026-03-01, 2026-04-01, 1),
      (2026-01-01, 2025-12-01, 2026-01-01, 2),
      (2026-02-01, 2026-01-01, 2026-02-01, 2),
      (2026-03-01, 2026-02-01, 2026-03-01, 2),
      (2026-01-01, 2025-12-01, 2026-02-01, 3),
      (2026-02-01, 2026-01-01, 2026-03-01, 3),
      (2026-03-01, 2026-02-01, 2026-04-01, 3),
      (2026-01-01, -infinity, 2026-02-01, 4),
      (2026-02-01, -infinity, 2026-03-01, 4),
      (2026-03-01, -infinity, 2026-04-01, 4),
      (2026-01-01, 2026-01-01, 2026-02-01, 5),
      (2026-02-01, 2026-01-01, 2026-03-01, 5),
      (2026-03-01, 2026-01-01, 2026-04-01, 5)
    ]'::struct(month date, "from" date, until date, view bigint)[], recursive := true)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    cells.month as month,
    null as leads_received,
    null as converted_rows,
    null as converted_rows_2,
    null as converted_rows_3,
    null as converted_rows_4,
    sum(atoms.converted) filter (where cells.view = 1) as converted,
    sum(atoms.converted) filter (where cells.view = 2) as converted_2,
    sum(atoms.converted) filter (where cells.view = 3) as converted_3,
    sum(atoms.converted) filter (where cells.view = 4) as converted_4,
    sum(atoms.converted) filter (where cells.view = 5) as converted_5
  from (
    select
      make_date(
        year(timezone('Europe/Madrid', leads.received_at::timestamptz)),
        month(timezone('Europe/Madrid', leads.received_at::timestamptz)),
        1
      ) as atom,
      count(*) as converted
    from leads
    semi join (
      select account_id as key_1, ordered_on as moment
      from orders
    ) as orders_after on orders_after.key_1 = leads.account_id
      and orders_after.moment >= timezone('Europe/Madrid', leads.received_at::timestamptz)::date
    where leads.received_at < timestamp '2026-03-31 22:00:00'
    group by
      year(timezone('Europe/Madrid', leads.received_at::timestamptz)),
      month(timezone('Europe/Madrid', leads.received_at::timestamptz))
  ) as atoms
  join (
    select unnest('[
      (2026-01-01, 2026-01-01, 2026-02-01, 1),
      (2026-02-01, 2026-02-01, 2026-03-01, 1),
      (2026-03-01, 2026-03-01, 2026-04-01, 1),
      (2026-01-01, 2025-12-01, 2026-01-01, 2),
      (2026-02-01, 2026-01-01, 2026-02-01, 2),
      (2026-03-01, 2026-02-01, 2026-03-01, 2),
      (2026-01-01, 2025-12-01, 2026-02-01, 3),
      (2026-02-01, 2026-01-01, 2026-03-01, 3),
      (2026-03-01, 2026-02-01, 2026-04-01, 3),
      (2026-01-01, -infinity, 2026-02-01, 4),
      (2026-02-01, -infinity, 2026-03-01, 4),
      (2026-03-01, -infinity, 2026-04-01, 4),
      (2026-01-01, 2026-01-01, 2026-02-01, 5),
      (2026-02-01, 2026-01-01, 2026-03-01, 5),
      (2026-03-01, 2026-01-01, 2026-04-01, 5)
    ]'::struct(month date, "from" date, until date, view bigint)[], recursive := true)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    month,
    null as leads_received,
    null as converted_rows,
    null as converted_rows_2,
    null as converted_rows_3,
    null as converted_rows_4,
    null as converted,
    null as converted_2,
    null as converted_3,
    null as converted_4,
    null as converted_5
  from (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
