select
  month,
  coalesce(max(heads), 0) as heads,
  coalesce(max(heads_2), 0) as "heads.prior",
  coalesce(max(heads), 0) - coalesce(max(heads_2), 0) as "heads.change",
  coalesce(max(again), 0) as again,
  coalesce(max(again_2), 0) as "again.prior",
  coalesce(max(again), 0) - coalesce(max(again_2), 0) as "again.change"
from (
  select
    cells.month as month,
    count(*) as heads,
    null as heads_2,
    null as again,
    null as again_rows,
    null as again_2,
    null as again_rows_2
  from reps
  join (
    values
      (date '2026-02-01', date '2026-02-11')
  ) as cells(month, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null as heads,
    count(*) as heads_2,
    null as again,
    null as again_rows,
    null as again_2,
    null as again_rows_2
  from reps
  join (
    values
      (date '2026-02-01', date '2026-01-11')
  ) as cells(month, next) on reps.valid_from < cells.next
    and (reps.valid_until is null or reps.valid_until >= cells.next)
  group by cells.month
  union all
  select
    make_date(year(leads.received_on), month(leads.received_on), 1) as month,
    null as heads,
    null as heads_2,
    count(*) as again,
    null as again_rows,
    null as again_2,
    null as again_rows_2
  from leads
  semi join (
    select account_id as key_1, lead_id as row_1, received_on as moment
    from leads
  ) as leads_after on leads_after.key_1 = leads.account_id
    and leads_after.moment >= leads.received_on
    and leads_after.moment <= leads.received_on + 30
    and not (leads_after.row_1 = leads.lead_id)
  where leads.received_on >= date '2026-02-01' and leads.received_on < date '2026-03-01'
  group by year(leads.received_on), month(leads.received_on)
  union all
  select
    make_date(year(received_on), month(received_on), 1) as month,
    null as heads,
    null as heads_2,
    null as again,
    count(*) as again_rows,
    null as again_2,
    null as again_rows_2
  from leads
  where received_on >= date '2026-02-01' and received_on < date '2026-03-01'
  group by year(received_on), month(received_on)
  union all
  select
    cells.month as month,
    null as heads,
    null as heads_2,
    null as again,
    null as again_rows,
    sum(atoms.again_2) as again_2,
    null as again_rows_2
  from (
    select leads.received_on as atom, count(*) as again_2
    from leads
    semi join (
      select account_id as key_1, lead_id as row_1, received_on as moment
      from leads
    ) as leads_after on leads_after.key_1 = leads.account_id
      and leads_after.moment >= leads.received_on
      and leads_after.moment <= leads.received_on + 30
      and not (leads_after.row_1 = leads.lead_id)
    where leads.received_on >= date '2026-01-01' and leads.received_on < date '2026-01-11'
    group by leads.received_on
  ) as atoms
  join (
    values
      (date '2026-02-01', date '2026-01-01', date '2026-01-11')
  ) as cells(month, "from", until) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    cells.month as month,
    null as heads,
    null as heads_2,
    null as again,
    null as again_rows,
    null as again_2,
    sum(atoms.again_rows_2) as again_rows_2
  from (
    select received_on as atom, count(*) as again_rows_2
    from leads
    where received_on >= date '2026-01-01' and received_on < date '2026-01-11'
    group by received_on
  ) as atoms
  join (
    values
      (date '2026-02-01', date '2026-01-01', date '2026-01-11')
  ) as cells(month, "from", until) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    month,
    null as heads,
    null as heads_2,
    null as again,
    null as again_rows,
    null as again_2,
    null as again_rows_2
  from (
    select (date '2026-02-01' + to_months(step::int))::date as month from range(1) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
