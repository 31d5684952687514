select
  "employee.name"::text collate "C" as "employee.name",
  "employee.boss.name"::text collate "C" as "employee.boss.name",
  coalesce(max(quantity), 0) as quantity,
  coalesce(max(orders), 0) as orders,
  coalesce(max(leads), 0) as leads,
  coalesce(max(people), 0) as people
from (
  select
    order_employee.name as "employee.name",
    order_employee_boss.name as "employee.boss.name",
    sum(order_lines.quantity) as quantity,
    null::bigint as orders,
    null::bigint as leads,
    null::bigint as people
  from (
    select order_id, sum(quantity) as quantity
    from order_lines
    group by order_id
  ) as order_lines
  left join orders as "order" on "order".order_id = order_lines.order_id
  left join employees as order_employee on order_employee.employee_id = "order".employee_id
  left join employees as order_employee_boss on order_employee_boss.employee_id = order_employee.boss_id
  group by order_employee.name, order_employee_boss.name
  union all
  select
    employee.name as "employee.name",
    employee_boss.name as "employee.boss.name",
    null::bigint as quantity,
    sum(orders.orders) as orders,
    null::bigint as leads,
    null::bigint as people
  from (
    select employee_id, count(*) as orders
    from orders
    group by employee_id
  ) as orders
  left join employees as employee on employee.employee_id = orders.employee_id
  left join employees as employee_boss on employee_boss.employee_id = employee.boss_id
  group by employee.name, employee_boss.name
  union all
  select
    employee.name as "employee.name",
    employee_boss.name as "employee.boss.name",
    null::bigint as quantity,
    null::bigint as orders,
    sum(leads.leads) as leads,
    null::bigint as people
  from (
    select owner_id, count(*) as leads
    from leads
    group by owner_id
  ) as leads
  left join employees as employee on employee.employee_id = leads.owner_id
  left join employees as employee_boss on employee_boss.employee_id = employee.boss_id
  group by employee.name, employee_boss.name
  union all
  select
    employees.name as "employee.name",
    boss.name as "employee.boss.name",
    null::bigint as quantity,
    null::bigint as orders,
    null::bigint as leads,
    count(*) as people
  from employees
  left join employees as boss on boss.employee_id = employees.boss_id
  group by employees.name, boss.name
) as facts
group by "employee.name", "employee.boss.name"
order by "employee.name" nulls last, "employee.boss.name" nulls last
