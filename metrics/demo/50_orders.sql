-- Orders with their lines, invoices and payments; then the accounts, whose standing follows from them.

-- An account that a lead became is there when its first deal begins.
update account_seed set created_date = first_deal
from (select account_n, min(created_date) as first_deal from deal group by account_n) as deals
where account_n = n and first_deal < account_seed.created_date;

-- When each account became a customer: before the first day, or with its first won deal.
create temp table customer_since as
select
  account_seed.*,
  case when is_old_customer then workday(days_after(created_date, (date '2023-12-18' - created_date) * draw(n, 501))) else first_won end as customer_on
from account_seed
left join (select account_n, min(ends_on) as first_won from deal where is_won group by account_n) as won on account_n = n;

-- Every won deal becomes an order; between deals customers reorder at a pace of their own.
create temp table order_seed as
with repeats as (
  select
    n, k, segment, customer_on, leaves_on,
    case when n = 325 then 13
      else case segment when 'Enterprise' then 26 + 50 * draw(n, 511) when 'Mid-market' then 45 + 85 * draw(n, 511) else 60 + 150 * draw(n, 511) end end as pace
  from customer_since, range(85) as numbers(k)
  where customer_on is not null
),
repeated as (
  select
    *,
    workday(days_after(greatest(customer_on, first_day()), pace * (k + 0.2 + 0.6 * draw(n * 100 + k, 512) + case when customer_on >= first_day() then 0.7 else 0 end))) as order_date
  from repeats
),
kept as (
  select * from repeated
  where order_date <= final_day() and coalesce(order_date < leaves_on, true)
    -- Ysel Dairy orders less and less from the autumn of 2025 on.
    and not (n = 325 and draw(n * 100 + k, 513) < case
      when order_date >= date '2026-10-01' then 1 when order_date >= date '2026-07-01' then 0.75 when order_date >= date '2026-04-01' then 0.55
      when order_date >= date '2026-01-01' then 0.3 when order_date >= date '2025-10-01' then 0.15 else 0 end)
)
select
  1000000 + n * 100 + k as seed, n as account_n, segment, order_date, null::bigint as deal_number, null as product_family,
  case segment when 'Enterprise' then 4300 when 'Mid-market' then 1900 else 760 end * skewed(n * 100 + k, 514)
    * case when month(order_date) >= 10 then 1.15 else 1 end
    * case when n = 325 and order_date >= date '2026-01-01' then 0.75 else 1 end as worth
from kept
union all
select
  number, account_n, segment, workday(days_after(ends_on, draw(n, 515) * 5)), number, product_family,
  raw_amount * (0.97 + 0.05 * draw(n, 516))
from deal
where is_won and workday(days_after(ends_on, draw(n, 515) * 5)) <= final_day()
order by seed;

create temp table order_path as
with numbered as (
  select
    row_number() over (order by order_date, seed) as n_order, *,
    pick(seed, 521, ['Norlog', 'Transalta', 'Transalta', 'Eurovia', 'Eurovia', 'Eurovia']) as shipper,
    draw(seed, 522) < 0.03 as is_cancelled
  from order_seed
),
promised as (
  select *, workday(days_after(order_date, case when deal_number is null then 5 + 9 * draw(seed, 523) else 10 + 20 * draw(seed, 523) end)) as promised_date
  from numbered
),
sent as (
  select
    *,
    -- One shipper in three is late more often than the others, and worse so since the summer of 2026.
    workday(days_after(promised_date, case
      when draw(seed, 524) < case shipper when 'Transalta' then case when order_date >= date '2026-06-01' then 0.38 else 0.22 end else 0.1 end
      then 1 + 11 * draw(seed, 525)
      else -4 + 3.4 * draw(seed, 525) end)) as delivers_on
  from promised
)
select
  *,
  case when not is_cancelled then by_now(greatest(workday(order_date), days_after(delivers_on, -1 - 3 * draw(seed, 526)))) end as shipped_date,
  case when not is_cancelled then by_now(delivers_on) end as delivered_date
from sent
order by n_order;

create table order_line as
with wanted as (
  select
    order_path.*, line, line_count,
    -- Deals are mostly of their own family; what is reordered wears out.
    case
      when product_family is not null and (line = 1 or draw(seed * 5 + line, 532) < 0.7) then product_family
      when product_family is null and draw(seed * 5 + line, 533) < 0.62 then 'Consumables'
      else pick(seed * 5 + line, 534, ['Sensors', 'Sensors', 'Gateways', 'Platform', 'Services'])
    end as line_family,
    worth * (0.5 + draw(seed * 5 + line, 535)) / line_count as line_worth
  from (select *, 1 + floor(draw(seed, 531) * case when deal_number is null then 3 else 4 end)::int as line_count from order_path) as order_path,
    range(1, 5) as lines(line)
  where line <= line_count
),
offered as (
  select product_family, product_id, discontinued_date, row_number() over (partition by product_family order by product_id) - 1 as place,
    count(*) over (partition by product_family) as places
  from product
),
chosen as (
  select
    wanted.*, offered.product_id, offered.discontinued_date,
    [0, 0, 0, 0.05, 0.1, 0.15][1 + floor(draw(seed * 5 + line, 537) * 6)::int] as discount
  from wanted
  join offered on offered.product_family = line_family and place = floor(draw(seed * 5 + line, 536) * places)
),
current_choice as (
  -- What has been discontinued is not sold any more: its successor is.
  select chosen.* exclude (product_id, discontinued_date),
    case when discontinued_date < order_date then case chosen.product_id when 'P05' then 'P01' else 'P06' end else chosen.product_id end as product_id
  from chosen
),
counted as (
  select
    current_choice.*, list_price, standard_cost,
    greatest(1, round(line_worth / (list_price::double * (1 - discount))))::int as quantity
  from current_choice
  join product_history on product_history.product_id = current_choice.product_id
    and order_date >= valid_from and (valid_to is null or order_date < valid_to)
)
select
  'S' || lpad(n_order::varchar, 5, '0') || '-' || line as order_line_id,
  'S' || lpad(n_order::varchar, 5, '0') as order_id,
  product_id,
  quantity::decimal(12, 2) as quantity,
  list_price as unit_price,
  round(quantity * list_price * discount::decimal(4, 2), 2)::decimal(12, 2) as discount_amount,
  (quantity * list_price - round(quantity * list_price * discount::decimal(4, 2), 2))::decimal(12, 2) as net_amount,
  (quantity * standard_cost)::decimal(12, 2) as cost_amount
from counted
order by order_line_id;

create table sales_order as
select
  'S' || lpad(n_order::varchar, 5, '0') as order_id,
  account_seed.account_id,
  territory.user_id as owner_id,
  'O' || lpad(deal_number::varchar, 5, '0') as opportunity_id,
  quote_id,
  order_date, promised_date, shipped_date, delivered_date,
  case when delivered_date is not null then draw(seed, 541) >= case shipper when 'Transalta' then 0.09 else 0.04 end end as is_complete,
  case when is_cancelled then 'cancelled' when delivered_date is not null then 'delivered' when shipped_date is not null then 'shipped' else 'open' end as status,
  lines.amount,
  shipper
from order_path
join account_seed on account_seed.n = account_n
join territory on territory.region = account_seed.region and territory.slot = account_seed.slot and order_date >= from_day and order_date < until_day
left join quote on quote.opportunity_id = 'O' || lpad(deal_number::varchar, 5, '0') and accepted_at is not null
join (select order_id, sum(net_amount)::decimal(12, 2) as amount from order_line group by order_id) as lines
  on lines.order_id = 'S' || lpad(n_order::varchar, 5, '0')
order by order_id;

-- An order is invoiced once it is shipped.
create temp table invoice_path as
with issued as (
  select
    order_path.n_order, seed, account_n, segment,
    workday(days_after(shipped_date, 1 + 2 * draw(seed, 551))) as invoice_date,
    draw(seed, 552) < 0.015 as is_void,
    draw(seed, 553) < 0.03 as is_disputed
  from order_path
  where shipped_date is not null
),
due as (
  select *, days_after(invoice_date, case segment when 'Enterprise' then 60 when 'Mid-market' then 45 else 30 end) as due_date
  from issued
  where invoice_date <= final_day()
)
select
  row_number() over (order by invoice_date, seed) as number, *,
  -- Each account pays in its own time, most a little late; a dispute makes it later. Ysel Dairy has paid next to nothing since February 2026.
  workday(days_after(due_date, -13 + 26 * draw(account_n, 554) * draw(account_n, 555) + 14 * draw(seed, 556) * draw(seed, 557)
    + case when is_disputed then 12 + 40 * draw(seed, 558) else 0 end)) as pays_on,
  not is_void and draw(seed, 559) >= 0.012 and not (account_n = 325 and due_date >= date '2026-02-01' and draw(seed, 560) < 0.85) as will_pay,
  draw(seed, 561) < 0.08 as in_two_parts
from due
order by number;

create table payment as
with parts as (
  select number, 1 as part, pays_on as payment_date, n_order, case when in_two_parts then 0.6 else 1 end as share from invoice_path where will_pay
  union all
  select number, 2, workday(days_after(pays_on, 15 + 30 * draw(seed, 562))), n_order, 0.4 from invoice_path where will_pay and in_two_parts
)
select
  'Y' || lpad((row_number() over (order by payment_date, parts.number, part))::varchar, 5, '0') as payment_id,
  'I' || lpad(parts.number::varchar, 5, '0') as invoice_id,
  payment_date,
  (case when share = 0.4 then amount - round(amount * 0.6, 2) else round(amount * share, 2) end)::decimal(12, 2) as amount
from parts
join sales_order on sales_order.order_id = 'S' || lpad(n_order::varchar, 5, '0')
where payment_date <= final_day()
order by payment_id;

create table invoice as
select
  'I' || lpad(invoice_path.number::varchar, 5, '0') as invoice_id,
  sales_order.account_id, sales_order.order_id, sales_order.owner_id,
  invoice_date, due_date, sales_order.amount,
  case when is_void then 'cancelled' when coalesce(paid, 0) = 0 then 'open' when paid < sales_order.amount then 'partly paid' else 'paid' end as status,
  is_disputed
from invoice_path
join sales_order on sales_order.order_id = 'S' || lpad(n_order::varchar, 5, '0')
left join (select invoice_id, sum(amount) as paid from payment group by invoice_id) as payments
  on payments.invoice_id = 'I' || lpad(invoice_path.number::varchar, 5, '0')
order by invoice_id;

-- Only who was a customer can be lost, and nobody is lost who bought once more.
create temp table account_end as
select
  n, customer_on,
  case when workday(leaves_on) <= final_day() and leaves_on > customer_on + 90 and coalesce(leaves_on > last_order, true)
    then workday(leaves_on) end as churned_date
from customer_since
left join (select account_n, max(order_date) as last_order from order_path group by account_n) as orders on account_n = n;

create table account as
select
  account_seed.account_id, account_name,
  -- Some accounts are parts of larger ones.
  case when draw(account_seed.n, 571) < 0.06 then 'A' || lpad((1 + floor(draw(account_seed.n, 572) * 380))::int::varchar, 4, '0') end as parent_account_id,
  case when churned_date is not null then 'former' when customer_on is not null then 'customer' else 'prospect' end as account_type,
  industry, segment, account_seed.region, territory.user_id as owner_id, created_date,
  customer_on as first_customer_date, churned_date,
  case when churned_date is not null and draw(account_seed.n, 573) >= 0.08
    then pick(account_seed.n, 574, ['price', 'service', 'product fit', 'closed down', 'competitor', 'competitor']) end as churn_reason,
  case when draw(account_seed.n, 575) >= 0.12
    then round(case segment when 'Enterprise' then 420000000 when 'Mid-market' then 46000000 else 4800000 end * skewed(account_seed.n, 576), -4) end::decimal(14, 2) as annual_revenue,
  case when draw(account_seed.n, 579) >= 0.08
    then round(case segment when 'Enterprise' then 1900 when 'Mid-market' then 240 else 32 end * skewed(account_seed.n, 576)) end::int as number_of_employees,
  case when draw(account_seed.n, 580) >= 0.1
    then round(case segment when 'Enterprise' then 260000 when 'Mid-market' then 90000 else 30000 end * skewed(account_seed.n, 581), -3) end::decimal(12, 2) as estimated_total_spend,
  (case segment when 'Enterprise' then 90000 when 'Mid-market' then 35000 else 12000 end)::decimal(12, 2) as credit_limit
from account_seed
join account_end on account_end.n = account_seed.n
join territory on territory.region = account_seed.region and territory.slot = account_seed.slot and until_day > final_day()
order by account_id;

-- The versions of an account: it turns from prospect to customer to former one, and its owner changes with the territory.
create table account_history as
with changes as (
  select n, created_date as valid_from from account_seed
  union select n, customer_on from account_end where customer_on is not null
  union select n, churned_date from account_end where churned_date is not null
  union select account_seed.n, from_day from account_seed join territory using (region, slot) where from_day > created_date and from_day <= final_day()
)
select
  account.* replace (
    case when valid_from >= churned_date then 'former' when valid_from >= first_customer_date then 'customer' else 'prospect' end as account_type,
    territory.user_id as owner_id
  ),
  valid_from,
  lead(valid_from) over (partition by account.account_id order by valid_from) as valid_to
from changes
join account on account.account_id = 'A' || lpad(changes.n::varchar, 4, '0')
join account_seed on account_seed.n = changes.n
join territory on territory.region = account.region and territory.slot = account_seed.slot and valid_from >= from_day and valid_from < until_day
order by account.account_id, valid_from;

create table contact as
select
  'K' || lpad((row_number() over (order by created_date, account_id, k))::varchar, 4, '0') as contact_id,
  account_id,
  territory.user_id as owner_id,
  created_date
from (
  select
    account_id, n, region, slot, k,
    case when k = 1 then created_date
      else workday(days_after(created_date, 10 + draw(n * 10 + k, 591) * draw(n * 10 + k, 592) * 1400)) end as created_date
  from account_seed, range(1, 6) as contacts(k)
  where k <= case segment when 'Enterprise' then 5 when 'Mid-market' then 3 else 1 end + floor(draw(n, 593) * 2)
) as contacts
join territory using (region, slot)
where created_date <= final_day() and created_date >= from_day and created_date < until_day
order by contact_id;
