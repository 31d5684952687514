with deals_facts as (
  select
    rep_id as rep,
    date_trunc('month', closed_on::timestamp)::date as month,
    sum(amount) as revenue
  from deals
  where closed_on >= date '2026-02-01' and closed_on < date '2026-04-01'
  group by rep_id, 2
)
select
  month,
  max(per_every_rep) as per_every_rep,
  coalesce(max(reps_counted), 0) as reps_counted,
  coalesce(max(of_those_here), 0) as of_those_here
from (
  select
    month,
    avg(per_every_rep)::double precision as per_every_rep,
    count(per_every_rep) as reps_counted,
    null::numeric as of_those_here
  from (
    select rep, month, coalesce(max(revenue), 0) as per_every_rep
    from (
      select rep, month, revenue
      from deals_facts
      union all
      select members.rep as rep, groups.month as month, null::numeric as revenue
      from (
        select distinct month
        from deals_facts
      ) as groups
      join (
        select distinct reps.rep_id as rep, cells.month as month
        from reps
        join (
          values
            (date '2026-02-01', date '2026-02-01', date '2026-03-01'),
            ('2026-03-01', '2026-03-01', '2026-04-01')
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
  select
    month,
    null::double precision as per_every_rep,
    null::bigint as reps_counted,
    sum(of_those_here) as of_those_here
  from (
    select rep, month, coalesce(max(revenue), 0) as of_those_here
    from (
      select
        atoms.rep as rep,
        cells.month as month,
        sum(atoms.headcount) as headcount,
        null::numeric as revenue,
        false as "present?"
      from (
        select
          rep_id as rep,
          date_trunc('month', valid_from::timestamp)::date as born,
          date_trunc('month', valid_until::timestamp)::date as died,
          count(*) as headcount
        from reps
        where valid_from < date '2026-04-01'
        group by rep_id, 2, 3
      ) as atoms
      join (
        values
          (date '2026-02-01', date '2026-03-01'),
          ('2026-03-01', '2026-04-01')
      ) as cells(month, next) on atoms.born < cells.next
        and (atoms.died is null or atoms.died >= cells.next)
      group by atoms.rep, cells.month
      union all
      select
        rep_id as rep,
        date_trunc('month', closed_on::timestamp)::date as month,
        null::bigint as headcount,
        sum(amount) as revenue,
        true as "present?"
      from deals
      where closed_on >= date '2026-02-01' and closed_on < date '2026-04-01'
      group by rep_id, 2
    ) as facts
    group by rep, month
    having bool_or("present?") and coalesce(max(headcount), 0) > $1::bigint
  ) as rows
  group by month
  union all
  select
    month,
    null::double precision as per_every_rep,
    null::bigint as reps_counted,
    null::numeric as of_those_here
  from (
    select (date '2026-02-01' + step * interval '1 month')::date as month from generate_series(0, 1) as steps(step)
  ) as buckets
) as facts
group by month
order by month nulls last
-- $1 = "0"
