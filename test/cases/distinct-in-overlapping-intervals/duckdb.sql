with visits_facts as (
  select
    masks.region as region,
    cells.month as month,
    sum(masks.customers) filter (where cells.view = 1) as customers,
    sum(masks.customers) filter (where cells.view = 2) as customers_2,
    sum(masks.customers) filter (where cells.view = 3) as customers_3,
    sum(masks.customers) filter (where cells.view = 4) as customers_4,
    sum(masks.customers) filter (where cells.view = 5) as customers_5
  from (
    select region, mask, count(key) as customers
    from (
      select
        region,
        customer as key,
        bit_or(1::bigint << greatest(0, year(made_on) * 12 + month(made_on) - 24312 + 1)::int) as mask
      from visits
      where made_on < date '2026-04-01'
      group by region, customer
    ) as rows
    group by region, mask
  ) as masks
  join (
    select unnest('[
      (2026-01-01, 1, 4),
      (2026-02-01, 1, 8),
      (2026-03-01, 1, 16),
      (2026-01-01, 2, 2),
      (2026-02-01, 2, 4),
      (2026-03-01, 2, 8),
      (2026-01-01, 3, 4),
      (2026-02-01, 3, 12),
      (2026-03-01, 3, 28),
      (2026-01-01, 4, 7),
      (2026-02-01, 4, 15),
      (2026-03-01, 4, 31),
      (2026-01-01, 5, 6),
      (2026-02-01, 5, 12),
      (2026-03-01, 5, 24)
    ]'::struct(month date, view bigint, mask bigint)[], recursive := true)
  ) as cells(month, view, mask) on masks.mask & cells.mask <> 0
  group by masks.region, cells.month
)
select
  region,
  month,
  coalesce(max(customers), 0) as customers,
  coalesce(max(customers_2), 0) as before,
  coalesce(max(customers_3), 0) as in_quarter,
  coalesce(max(customers_4), 0) as so_far,
  coalesce(max(customers_5), 0) as two_months
from (
  select region, month, customers, customers_2, customers_3, customers_4, customers_5
  from visits_facts
  union all
  select
    groups.region as region,
    buckets.month as month,
    null as customers,
    null as customers_2,
    null as customers_3,
    null as customers_4,
    null as customers_5
  from (
    select distinct region
    from visits_facts
  ) as groups
  cross join (
    select (date '2026-01-01' + to_months(step::int))::date as month from range(3) as steps(step)
  ) as buckets
) as facts
group by region, month
order by region nulls last, month nulls last
