-- Products, campaigns with what they cost, and the leads that came in.

create table product (
  product_id varchar, product_name varchar, product_family varchar, list_price decimal(12, 2), standard_cost decimal(12, 2),
  is_active boolean, discontinued_date date
);
insert into product values
  ('P01', 'Sensor T20', 'Sensors', 190, 112, true, null),
  ('P02', 'Sensor T40', 'Sensors', 320, 186, true, null),
  ('P03', 'Sensor V10', 'Sensors', 260, 158, true, null),
  ('P04', 'Sensor V30', 'Sensors', 480, 285, true, null),
  ('P05', 'Sensor T10', 'Sensors', 140, 92, false, '2025-03-31'),
  ('P06', 'Gateway G2', 'Gateways', 890, 560, true, null),
  ('P07', 'Gateway G4', 'Gateways', 1450, 880, true, null),
  ('P08', 'Gateway G1', 'Gateways', 620, 430, false, '2026-01-31'),
  ('P09', 'Edge Box', 'Gateways', 2100, 1290, true, null),
  ('P10', 'Platform Basic', 'Platform', 480, 96, true, null),
  ('P11', 'Platform Plus', 'Platform', 960, 178, true, null),
  ('P12', 'Analytics Add-on', 'Platform', 640, 102, true, null),
  ('P13', 'Installation Day', 'Services', 780, 540, true, null),
  ('P14', 'Training Day', 'Services', 690, 420, true, null),
  ('P15', 'Consulting Day', 'Services', 980, 650, true, null),
  ('P16', 'Battery Pack', 'Consumables', 38, 21, true, null),
  ('P17', 'Calibration Kit', 'Consumables', 85, 44, true, null),
  ('P18', 'Mounting Set', 'Consumables', 24, 13, true, null);

-- Prices rise each January, and a product stays on the list after it has been discontinued.
create table product_history as
with changes as (
  select product_id, unnest([date '2019-01-01', date '2025-01-01', date '2026-01-01', discontinued_date + 1]) as valid_from
  from product
)
select
  product_id, product_name, product_family,
  round(list_price * case when valid_from < date '2025-01-01' then 0.94 when valid_from < date '2026-01-01' then 0.97 else 1 end, 2)::decimal(12, 2) as list_price,
  round(standard_cost * case when valid_from < date '2025-01-01' then 0.95 when valid_from < date '2026-01-01' then 0.98 else 1 end, 2)::decimal(12, 2) as standard_cost,
  discontinued_date is null or valid_from <= discontinued_date as is_active,
  discontinued_date, valid_from,
  lead(valid_from) over (partition by product_id order by valid_from) as valid_to
from changes join product using (product_id)
where valid_from is not null
order by product_id, valid_from;

-- A campaign brings leads of one source. `monthly_leads` over all its campaigns and what one lead costs are the source's own:
-- content syndication is cheap by the lead, and its leads hardly ever become customers.
create temp table source_plan (
  lead_source varchar, campaign_type varchar, monthly_leads int, lead_cost double, qualifies double, converts double, wins double
);
insert into source_plan values
  ('Content syndication', 'content', 110, 24, 0.16, 0.30, 0.085),
  ('Paid search', 'search', 58, 68, 0.30, 0.52, 0.25),
  ('Webinar', 'webinar', 40, 56, 0.34, 0.50, 0.28),
  ('Trade fair', 'event', 26, 185, 0.45, 0.58, 0.34),
  ('Website', null, 46, 0, 0.32, 0.52, 0.28),
  ('Referral', null, 15, 0, 0.62, 0.68, 0.42),
  ('Outbound', null, 30, 0, 0.36, 0.58, 0.23);

-- Each paid source runs one campaign a quarter; two campaigns a year are for customers that the company has.
create table campaign as
with quarters as (select q, (first_day() + to_months(3 * q::int))::date as starts from range(12) as numbers(q))
select
  'C' || lpad((row_number() over (order by starts, lead_source nulls last))::varchar, 3, '0') as campaign_id,
  campaign_type, lead_source, starts as start_date, ends as end_date, campaign_name, budgeted_cost, expected_revenue
from (
  select
    campaign_type, lead_source, starts, (starts + interval 3 month)::date - 1 as ends,
    lead_source || ' ' || year(starts) || ' Q' || quarter(starts) as campaign_name,
    round(monthly_leads * 3 * lead_cost * 1.05, -2)::decimal(12, 2) as budgeted_cost,
    round(monthly_leads * 3 * lead_cost * 12, -3)::decimal(12, 2) as expected_revenue
  from source_plan, quarters where campaign_type is not null
  union all
  select 'loyalty', null, starts, (starts + interval 6 month)::date - 1, 'Customer days ' || year(starts) || ' H' || (1 + month(starts) // 7), 14000, null
  from quarters where month(starts) in (1, 7)
)
where starts <= final_day()
order by campaign_id;

create temp table lead_seed as
with months as (
  select m, (first_day() + to_months(m::int))::date as starts from range(34) as numbers(m)
),
wanted as (
  select
    source_plan.*, m, starts,
    -- Interest grows by a tenth a year, rests in August and December and peaks in early autumn.
    floor(monthly_leads * (1 + m * 0.008)
      * [0.98, 1.02, 1.08, 1.02, 1.0, 0.94, 0.82, 0.6, 1.2, 1.22, 1.12, 0.8][month(starts)]
      * (0.92 + 0.16 * draw(m * 10 + length(lead_source), 301)))::int as leads
  from source_plan, months
)
select
  row_number() over (order by starts, lead_source, k) as n,
  lead_source, lead_cost, qualifies, converts, wins,
  workday(days_after(starts, (k + draw(m * 1000 + k, 302)) * day(last_day(starts)) / leads * 0.999)) as created_date
from wanted, range(leads) as numbers(k)
order by n;

create temp table lead_path as
with placed as (
  select
    *,
    case when draw(n, 303) < 0.30 then 'Iberia' when draw(n, 303) < 0.57 then 'France' when draw(n, 303) < 0.82 then 'DACH' else 'Benelux' end as region,
    draw(n, 304) < qualifies as will_qualify,
    draw(n, 305) < converts as will_convert,
    workday(days_after(created_date, 1 + draw(n, 306) * draw(n, 307) * 45)) as qualifies_on
  from lead_seed
  where created_date <= final_day()
),
dated as (
  select
    *,
    case when will_qualify then by_now(qualifies_on) end as qualified_date,
    case when will_qualify then by_now(workday(days_after(qualifies_on, draw(n, 308) * 4))) end as sent_to_sales_date,
    case when will_qualify and will_convert then by_now(workday(days_after(qualifies_on, 5 + draw(n, 309) * 18))) end as converted_date,
    case
      when will_qualify and not will_convert and draw(n, 310) < 0.7 then by_now(workday(days_after(qualifies_on, 20 + draw(n, 311) * 40)))
      when not will_qualify and draw(n, 310) < 0.78 then by_now(workday(days_after(created_date, 2 + draw(n, 311) * 35)))
    end as disqualified_date
  from placed
)
select
  *,
  -- A quarter of the leads that convert come from accounts that are known already; the others stand for a newer account.
  case when converted_date is not null then (
    case when draw(n, 312) < 0.25 then floor(draw(n, 313) * 380)
         else least(599, greatest(380, 380 + (converted_date - first_day()) * 220 // 1025 - floor(draw(n, 313) * 12))) end
  )::int + 1 end as account_n
from dated
order by n;

-- Cost falls on every Monday of a campaign, in proportion to the leads that the week brought; some of it is spent before any come.
create table campaign_cost as
with weeks as (
  select campaign_id, campaign_type, lead_source, week::date as cost_date
  from campaign, range(start_date, least(end_date, final_day()) + 1, interval 1 day) as days(week)
  where isodow(week) = 1
),
brought as (
  select campaign.campaign_id, date_trunc('week', created_date)::date as cost_date, count(*) as leads
  from lead_path join campaign on campaign.lead_source = lead_path.lead_source and created_date between start_date and end_date
  group by all
)
select
  weeks.campaign_id, weeks.cost_date,
  case when weeks.lead_source is null then round(380 + 320 * draw(epoch(weeks.cost_date)::bigint // 86400, 320), 2)
       else round(lead_cost * (0.35 * monthly_leads * 12 / 52 + 0.65 * coalesce(leads, 0)), 2) end::decimal(12, 2) as amount,
  case when weeks.lead_source is null then 'retention' else 'acquisition' end as purpose
from weeks
left join brought on brought.campaign_id = weeks.campaign_id and brought.cost_date = weeks.cost_date
left join source_plan on source_plan.lead_source = weeks.lead_source
order by campaign_id, cost_date;
