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
    sum(atoms.heads) filter (where cells.view = 1) as heads,
    sum(atoms.heads) filter (where cells.view = 2) as heads_2,
    null::bigint as again,
    null::bigint as again_2,
    null::bigint as again_rows,
    null::bigint as again_rows_2
  from (
    select
      greatest(
        date_trunc('month', valid_from::timestamp)::date,
        case
          when valid_from >= date '2026-02-11' then date '2026-02-11'
          when valid_from >= date '2026-01-11' then date '2026-01-11'
        end
      ) as born,
      case
        when valid_until is not null then greatest(
          date_trunc('month', valid_until::timestamp)::date,
          case
            when valid_until >= date '2026-02-11' then date '2026-02-11'
            when valid_until >= date '2026-01-11' then date '2026-01-11'
          end
        )
      end as died,
      count(*) as heads
    from reps
    where valid_from < date '2026-02-11'
    group by 1, 2
  ) as atoms
  join (
    values
      (date '2026-02-01', date '2026-02-11', 1),
      ('2026-02-01', '2026-01-11', 2)
  ) as cells(month, next, view) on atoms.born < cells.next
    and (atoms.died is null or atoms.died >= cells.next)
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as heads,
    null::bigint as heads_2,
    sum(atoms.again) filter (where cells.view = 1) as again,
    sum(atoms.again) filter (where cells.view = 2) as again_2,
    null::bigint as again_rows,
    null::bigint as again_rows_2
  from (
    select received_on as atom, count(*) as again
    from leads
    where exists (
        select 1
        from (
          select account_id as key_1, lead_id as row_1, received_on as moment
          from leads
          where received_on >= date '2026-01-01' and received_on < date '2026-04-02'
        ) as leads_after
        where leads_after.key_1 = leads.account_id
          and leads_after.moment >= leads.received_on
          and leads_after.moment <= leads.received_on + 30
          and not (leads_after.row_1 = leads.lead_id)
      )
      and received_on >= date '2026-01-01'
      and received_on < date '2026-03-01'
    group by received_on
  ) as atoms
  join (
    values
      (date '2026-02-01', date '2026-02-01', date '2026-03-01', 1),
      ('2026-02-01', '2026-01-01', '2026-01-11', 2)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    cells.month as month,
    null::bigint as heads,
    null::bigint as heads_2,
    null::bigint as again,
    null::bigint as again_2,
    sum(atoms.again_rows) filter (where cells.view = 1) as again_rows,
    sum(atoms.again_rows) filter (where cells.view = 2) as again_rows_2
  from (
    select received_on as atom, count(*) as again_rows
    from leads
    where received_on >= date '2026-01-01' and received_on < date '2026-03-01'
    group by received_on
  ) as atoms
  join (
    values
      (date '2026-02-01', date '2026-02-01', date '2026-03-01', 1),
      ('2026-02-01', '2026-01-01', '2026-01-11', 2)
  ) as cells(month, "from", until, view) on atoms.atom >= cells."from" and atoms.atom < cells.until
  group by cells.month
  union all
  select
    month,
    null::bigint as heads,
    null::bigint as heads_2,
    null::bigint as again,
    null::bigint as again_2,
    null::bigint as again_rows,
    null::bigint as again_rows_2
  from (
    select (date '2026-02-01' + step * interval '1 month')::date as month from generate_series(0, 0) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
