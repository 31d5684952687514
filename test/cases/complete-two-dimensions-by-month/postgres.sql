with deals_facts as (
  select
    rep_id as rep,
    product_id as product,
    date_trunc('month', closed_on::timestamp)::date as month,
    sum(amount) as amount
  from deals
  where closed_on >= date '2026-02-01' and closed_on < date '2026-04-01'
  group by rep_id, product_id, 3
)
select
  rep::text collate "C" as rep,
  product::text collate "C" as product,
  month,
  coalesce(max(amount), 0) as amount
from (
  select rep, product, month, amount
  from deals_facts
  union all
  select
    groups.rep as rep,
    groups.product as product,
    buckets.month as month,
    null::bigint as amount
  from (
    select distinct rep, product
    from deals_facts
  ) as groups
  cross join (
    select (date '2026-02-01' + step * interval '1 month')::date as month from generate_series(0, 1) as steps(step)
  ) as buckets
  union all
  select
    groups.rep as rep,
    members.product as product,
    groups.month as month,
    null::bigint as amount
  from (
    select groups.month as month, members.rep as rep
    from (
      select (date '2026-02-01' + step * interval '1 month')::date as month from generate_series(0, 1) as steps(step)
    ) as groups
    cross join (
      select distinct rep_id as rep
      from reps
    ) as members
  ) as groups
  cross join (
    select distinct product_id as product
    from products
  ) as members
) as facts
group by rep, product, month
order by rep nulls last, product nulls last, month nulls last
