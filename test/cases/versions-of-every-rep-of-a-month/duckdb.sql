with deals_facts as (
  select
    rep_id as rep,
    make_date(year(closed_on), month(closed_on), 1) as month,
    sum(amount) as revenue
  from deals
  where closed_on >= date '2026-02-01' and closed_on < date '2026-04-01'
  group by rep_id, year(closed_on), month(closed_on)
)
select
  month,
  max(per_every_rep) as per_every_rep,
  coalesce(max(reps_counted), 0) as reps_counted,
  coalesce(max(of_those_here), 0) as of_those_here
from (
  select
    month,
    avg(per_every_rep) as per_every_rep,
    count(per_every_rep) as reps_counted,
    null as of_those_here
  from (
    select rep, month, coalesce(max(revenue), 0) as per_every_rep
    from (
      select rep, month, revenue
      from deals_facts
      union all
      select members.rep as rep, groups.month as month, null as revenue
      from (
        select distinct month
        from deals_facts
      ) as groups
      join (
        select distinct reps.rep_id as rep, cells.month as month
        from reps
        join (
          select unnest('[
            (2026-02-01, 2026-02-01, 2026-03-01),
            (2026-03-01, 2026-03-01, 2026-04-01)
          ]'::struct(month date, "from" date, until date)[], recursive := true)
        ) as cells(month, "from", until) on reps.valid_from < cells.until
          and (reps.valid_until is null or reps.valid_until > cells."from")
      ) as members on (
          groups.month = members.month or groups.month is null and members.month is null
        )
    ) as facts
    group by rep, month
  ) as rows
  group by month
  union all
  select month, null as per_every_rep, null as reps_counted, sum(of_those_here) as of_those_here
  from (
    select rep, month, coalesce(max(revenue), 0) as of_those_here
    from (
      select
        atoms.rep as rep,
        cells.month as month,
        sum(atoms.headcount) as headcount,
        null as revenue,
        false as "present?"
      from (
        select
          rep_id as rep,
          make_date(year(valid_from), month(valid_from), 1) as born,
          make_date(year(valid_until), month(valid_until), 1) as died,
          count(*) as headcount
        from reps
        where valid_from < date '2026-04-01'
        group by rep_id, year(valid_from), month(valid_from), year(valid_until), month(valid_until)
      ) as atoms
      join (
        select unnest('[
          (2026-02-01, 2026-03-01),
          (2026-03-01, 2026-04-01)
        ]'::struct(month date, next date)[], recursive := true)
      ) as cells(month, next) on atoms.born < cells.next
        and (atoms.died is null or atoms.died >= cells.next)
      group by atoms.rep, cells.month
      union all
      select
        rep_id as rep,
        make_date(year(closed_on), month(closed_on), 1) as month,
        null as headcount,
        sum(amount) as revenue,
        true as "present?"
      from deals
      where closed_on >= date '2026-02-01' and closed_on < date '2026-04-01'
      group by rep_id, year(closed_on), month(closed_on)
    ) as facts
    group by rep, month
    having bool_or("present?") and coalesce(max(headcount), 0) > $1
  ) as rows
  group by month
  union all
  select month, null as per_every_rep, null as reps_counted, null as of_those_here
  from (
    select (date '2026-02-01' + to_months(step::int))::date as month from range(2) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "0"
