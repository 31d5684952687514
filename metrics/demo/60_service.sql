-- Support cases and what customers answer when they are asked.

-- How long an agent takes over things, and how customers like it. Mila Baumann is the fastest, and they do not.
create temp table agent (place int, user_id varchar, pace double, kindness double);
insert into agent values
  (0, 'U51', 1.15, 0.35), (1, 'U52', 0.90, 0.05), (2, 'U53', 1.00, 0.15),
  (3, 'U54', 1.10, 0.30), (4, 'U55', 0.62, -0.75), (5, 'U56', 1.05, 0.10);

create temp table case_seed as
with general as (
  select
    i as n,
    days_after(first_day(), (i - draw(i, 601)) * (final_day() + 1 - first_day()) / 5600) as created_on,
    1 + floor(draw(i, 602) * 600)::int as account_n,
    null as forced_type
  from range(1, 5601) as numbers(i)
),
of_customers as (
  select general.*
  from general join account_end on account_end.n = account_n
  where customer_on <= created_on and coalesce(churned_date > created_on, true) and account_n <> 325
),
of_customers_old as (
  -- A draw that met no customer is made again among those of long standing.
  select general.n, created_on, staying.n as account_n, forced_type
  from general
  join (select n, row_number() over (order by n) - 1 as place, count(*) over () as places from account_end
        where customer_on < date '2024-01-01' and churned_date is null and n <> 325) as staying
    on place = floor(draw(general.n, 603) * places)
  where general.n not in (select n from of_customers)
),
-- Ysel Dairy complains more and more.
troubled as (
  select 6000 + row_number() over (order by starts, k) as n, days_after(starts, 88.0 * (k + draw(6000 + k, 604)) / cases) as created_on, 325 as account_n,
    case when k < complaints then 'complaint' end as forced_type
  from (values
    (date '2024-01-01', 2, 0), (date '2024-04-01', 2, 1), (date '2024-07-01', 1, 0), (date '2024-10-01', 2, 0),
    (date '2025-01-01', 2, 1), (date '2025-04-01', 1, 0), (date '2025-07-01', 3, 1), (date '2025-10-01', 4, 2),
    (date '2026-01-01', 6, 4), (date '2026-04-01', 8, 6), (date '2026-07-01', 11, 9), (date '2026-10-01', 5, 4)
  ) as quarters (starts, cases, complaints), range(12) as numbers(k)
  where k < cases
),
-- Customers that are about to leave ask how to.
leaving as (
  select 7000 + n as n, greatest(days_after(churned_date, -50 + 40 * draw(n, 605)), customer_on) as created_on, n as account_n, 'cancellation_enquiry' as forced_type
  from account_end where churned_date is not null and draw(n, 606) < 0.75
)
select * from of_customers union all select * from of_customers_old union all select * from troubled where created_on <= final_day() union all select * from leaving
order by n;

create temp table case_path as
with typed as (
  select
    case_seed.n, account_n, created_on,
    coalesce(forced_type, case
      when draw(case_seed.n, 611) < 0.38 then 'question' when draw(case_seed.n, 611) < 0.64 then 'incident' when draw(case_seed.n, 611) < 0.79 then 'complaint'
      when draw(case_seed.n, 611) < 0.91 then 'contract' when draw(case_seed.n, 611) < 0.925 then 'cancellation_enquiry' else 'unavailable_request' end) as case_type,
    case when draw(case_seed.n, 612) < 0.42 then 'phone' when draw(case_seed.n, 612) < 0.74 then 'email' when draw(case_seed.n, 612) < 0.9 then 'portal' else 'chat' end as channel,
    case when draw(case_seed.n, 613) < 0.2 then 'low' when draw(case_seed.n, 613) < 0.72 then 'normal' when draw(case_seed.n, 613) < 0.93 then 'high' else 'urgent' end as priority,
    agent.*
  from case_seed join agent on place = floor(draw(case_seed.n, 614) * 6)
),
timed as (
  select
    *,
    -- People write at any hour, and call while the office is open.
    seconds_after(case when channel = 'phone' then workday(created_on) else created_on end,
      case when channel = 'phone' or draw(n, 615) < 0.72 then 25200 + 34200 * draw(n, 616) else 86399 * draw(n, 616) end) as created_at
  from typed
),
answered as (
  select
    *,
    seconds_after(created_at, 60 * case channel when 'phone' then 1 + 4 * draw(n, 617) when 'chat' then 2 + 20 * draw(n, 617) else 210 * skewed(n, 618)
      * case priority when 'urgent' then 0.3 when 'high' then 0.6 when 'low' then 1.7 else 1 end end) as would_answer_at,
    seconds_after(created_at, 3600 * case priority when 'urgent' then 8 when 'high' then 24 when 'normal' then 72 else 120 end) as due_at,
    seconds_after(created_at, 3600 * skewed(n, 619) * pace
      * case priority when 'urgent' then 6 when 'high' then 16 when 'normal' then 46 else 70 end
      * case case_type when 'complaint' then 1.5 when 'question' then 0.5 else 1 end) as would_close_at
  from timed
)
select
  row_number() over (order by created_at, n) as number, *,
  by_now_at(would_answer_at) as first_response_at,
  by_now_at(greatest(would_close_at, seconds_after(would_answer_at, 600))) as closed_at
from answered
where created_at < final_moment()
order by number;

create table support_case as
select
  'SC' || lpad(number::varchar, 5, '0') as case_id,
  account.account_id, contact_id,
  case when case_type = 'unavailable_request' then pick(case_path.n, 631, ['P05', 'P05', 'P08', 'P08', 'P15', null])
    when draw(case_path.n, 632) >= 0.18 then 'P' || lpad((1 + floor(draw(case_path.n, 633) * 18))::int::varchar, 2, '0') end as product_id,
  case_path.user_id as owner_id,
  'T6' as team_id,
  case_type, channel, priority, created_at, first_response_at, due_at, closed_at,
  case when closed_at is not null then 'closed' when first_response_at is not null then 'pending' else 'new' end as status,
  (1 + case when draw(case_path.n, 634) < 0.56 then 0 else floor(draw(case_path.n, 635) * 5) end)::int as contact_count,
  (case when closed_at is null or draw(case_path.n, 636) < 0.9 then 0 when draw(case_path.n, 636) < 0.985 then 1 else 2 end)::int as reopened_count,
  case_type = 'complaint' as is_complaint,
  case when case_type = 'unavailable_request' and draw(case_path.n, 637) >= 0.15 then round(3200 * skewed(case_path.n, 638), -1) end::decimal(12, 2) as estimated_value
from case_path
join account on account.account_id = 'A' || lpad(account_n::varchar, 4, '0')
left join (select account_id, min(contact_id) as contact_id from contact group by account_id) as contacts on contacts.account_id = account.account_id
order by case_id;

create temp table answer_seed as
-- Of the cases that were closed some customers rate the service, and some say whether one contact was enough.
select
  'csat' as instrument, account_n, 'SC' || lpad(number::varchar, 5, '0') as case_id, null as order_id, null as asset_id, user_id as owner_id,
  seconds_after(closed_at, 3600 * (2 + 90 * draw(n, 641))) as responded_at,
  greatest(1, least(5, round(3.9 + kindness - case when closed_at > due_at then 0.9 else 0 end - case when case_type = 'complaint' then 0.35 else 0 end
    - case when account_n = 325 and created_on >= date '2026-01-01' then 1.6 else 0 end + 2.6 * (draw(n, 642) - 0.5)))) as score,
  5 as scale_max, n as seed
from case_path where closed_at is not null and draw(n, 643) < 0.34
union all
select
  'fcr', account_n, 'SC' || lpad(number::varchar, 5, '0'), null, null, user_id,
  seconds_after(closed_at, 3600 * (2 + 90 * draw(n, 644))),
  case when draw(n, 645) < case when draw(n, 634) < 0.56 then 0.88 else 0.3 end + kindness * 0.1 then 1 else 0 end, 1, 100000 + n
from case_path where closed_at is not null and draw(n, 646) < 0.28
union all
-- What was delivered is rated too.
select
  'csat', account_n, null, 'S' || lpad(n_order::varchar, 5, '0'), null, null,
  seconds_after(delivered_date, 86400 * (1 + 9 * draw(seed, 651)) + 28800),
  greatest(1, least(5, round(4.2 - case when delivered_date > promised_date then 1.1 else 0 end + 2.2 * (draw(seed, 652) - 0.5)))), 5, 200000 + seed
from order_path where delivered_date is not null and draw(seed, 653) < 0.2
union all
-- Twice a year every customer is asked whether it would recommend the company.
select
  'nps', n, null, null, null, null,
  seconds_after(asked, 86400 * 20 * draw(n * 10 + wave, 661) + 30000),
  greatest(0, least(10, round(7.6 + 6 * (draw(n * 10 + wave, 662) - 0.5) - case when n = 325 and wave >= 4 then 5 else 0 end + case when draw(n, 663) < 0.2 then 1.5 else 0 end))),
  10, 3000000 + n * 10 + wave
from account_end, (values (0, date '2024-03-11'), (1, date '2024-09-09'), (2, date '2025-03-10'), (3, date '2025-09-08'), (4, date '2026-03-09'), (5, date '2026-09-14')) as waves (wave, asked)
where customer_on <= asked and coalesce(churned_date > asked, true) and draw(n * 10 + wave, 664) < 0.45
union all
-- Readers of a document say whether it helped.
select
  'content', account_n, null, null, 'D' || lpad((1 + floor(draw(n, 671) * 24))::int::varchar, 2, '0'), null,
  seconds_after(created_date, 86400 * (5 + 20 * draw(n, 672)) + 30000),
  greatest(1, least(5, round(3.2 + floor(draw(n, 671) * 24) * 0.04 + 2.6 * (draw(n, 673) - 0.5)))), 5, 4000000 + n
from deal where created_date >= first_day() and draw(n, 674) < 0.09;

create table survey_response as
select
  'R' || lpad((row_number() over (order by responded_at, seed))::varchar, 5, '0') as survey_response_id,
  instrument,
  'A' || lpad(answer_seed.account_n::varchar, 4, '0') as account_id,
  answer_seed.case_id, answer_seed.order_id,
  coalesce(support_case.product_id, line.product_id) as product_id,
  asset_id,
  coalesce(answer_seed.owner_id, sales_order.owner_id, case when instrument = 'nps' then account.owner_id end) as owner_id,
  responded_at,
  score::decimal(5, 2) as score,
  scale_max::decimal(5, 2) as scale_max,
  -- What a comment was about, where one was left.
  case when draw(seed, 681) < 0.3 then
    case when score * 2 < scale_max then pick(seed, 682, ['speed', 'product knowledge', 'communication', 'delivery', 'price'])
      else pick(seed, 682, ['communication', 'product knowledge', 'speed', 'friendliness']) end end as theme
from answer_seed
left join support_case on support_case.case_id = answer_seed.case_id
left join sales_order on sales_order.order_id = answer_seed.order_id
left join order_line as line on line.order_line_id = answer_seed.order_id || '-1'
left join account_history as account on account.account_id = 'A' || lpad(answer_seed.account_n::varchar, 4, '0')
  and responded_at >= account.valid_from and (account.valid_to is null or responded_at < account.valid_to)
where responded_at < final_moment()
order by survey_response_id;
