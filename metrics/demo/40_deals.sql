-- Opportunities and everything they went through.
-- Deals begin four months before the first day, and those that were over by then are left out: the warehouse starts with
-- a pipeline, as after a migration.

-- The working days on which deals begin, each with as many lots as its month is busy. Autumn is, summer is not.
create temp table creation_lot as
with days as (
  select
    day::date as day,
    ([96, 97, 104, 96, 95, 90, 72, 66, 150, 158, 128, 66][month(day)]
      * (1000 + 9 * ((year(day) - 2023) * 12 + month(day) - 9)))::bigint as lots
  from range(date '2023-09-01', final_day() + 1, interval 1 day) as days(day)
  where isodow(day) <= 5
)
select day, sum(lots) over (order by day) - lots as from_lot, sum(lots) over () as all_lots
from days
order by day;

create temp table deal_seed as
with own as (
  select
    i as n,
    (i - draw(i, 401)) * (select any_value(all_lots) from creation_lot) / 4900 as lot,
    floor(draw(i, 402) * (select count(*) from account_lot)) as account_draw,
    floor(draw(i, 403) * (select count(*) from staying_lot)) as staying_draw,
    draw(i, 404) as source_draw
  from range(1, 4901) as numbers(i)
),
placed as (
  select
    own.n, creation_lot.day as created_date,
    case when account_lot.created_date <= creation_lot.day and coalesce(account_lot.leaves_on > creation_lot.day + 45, true)
      then account_lot.n else staying_lot.n end as account_n,
    case when source_draw < 0.58 then 'Existing customer' when source_draw < 0.72 then 'Outbound'
         when source_draw < 0.85 then 'Partner' when source_draw < 0.96 then 'Referral' end as lead_source
  from own
  asof join creation_lot on own.lot >= creation_lot.from_lot
  join account_lot on account_lot.lot = account_draw
  join staying_lot on staying_lot.lot = staying_draw
)
select
  n, created_date, account_n, lead_source, null::bigint as lead_n,
  case lead_source when 'Existing customer' then 0.385 when 'Outbound' then 0.24 when 'Partner' then 0.34 when 'Referral' then 0.42 else 0.3 end as wins
from placed
union all
select 10000 + n, converted_date, account_n, lead_source, n, wins
from lead_path where converted_date is not null
order by n;

create temp table deal as
with known as (
  select
    deal_seed.*, account_seed.account_id, account_seed.region, account_seed.slot, account_seed.segment,
    is_old_customer or deal_seed.created_date > account_seed.created_date + 200 as is_known,
    case when draw(deal_seed.n, 411) < 0.28 then 'Sensors' when draw(deal_seed.n, 411) < 0.48 then 'Gateways' when draw(deal_seed.n, 411) < 0.76 then 'Platform'
         when draw(deal_seed.n, 411) < 0.92 then 'Services' else 'Consumables' end as product_family,
    greatest(8, floor(case segment when 'Enterprise' then 88 when 'Mid-market' then 56 else 36 end * skewed(deal_seed.n, 412)))::int as cycle
  from deal_seed join account_seed on account_seed.n = account_n
),
planned as (
  select
    known.*, territory.skill,
    -- Deals are pressed to close before a month is over.
    case when draw(known.n, 416) < 0.3 and cycle > 20
      then greatest(workday(created_date + 8), last_day(created_date + cycle) - (1 + isodow(last_day(created_date + cycle)) // 7 + floor(draw(known.n, 417) * 6))::int)
      else created_date + cycle end as raw_close
  from known
  join territory on territory.region = known.region and territory.slot = known.slot and created_date >= from_day and created_date < until_day
),
drawn as (
  select
    * replace (workday(raw_close) as raw_close),
    workday(raw_close) as planned_close,
    -- Luck is dealt out evenly among the deals of a territory and quarter, so that what stands out is meant to.
    (row_number() over (partition by region, slot, date_trunc('quarter', workday(raw_close)) order by draw(n, 418)) - draw(n, 423))
      / count(*) over (partition by region, slot, date_trunc('quarter', workday(raw_close))) as luck
  from planned
),
tried as (
  select
    * exclude (raw_close, luck), luck < wins * skill
      * case when month(planned_close) >= 10 then 1.10 else 1 end
      * case when segment = 'Enterprise' then 0.9 else 1.04 end
      -- One rep loses his grip in the second and third quarter of 2026, and a whole team has a bad first one.
      * case when region = 'Iberia' and slot = 3 and planned_close between date '2026-04-01' and date '2026-09-30' then 0.1 else 1 end
      * case when region = 'DACH' and planned_close between date '2026-01-01' and date '2026-03-31' then 0.45 else 1 end
      -- Ysel Dairy is drifting away.
      * case when account_n = 325 and planned_close >= date '2025-10-01' then 0.02 else 1 end as wins_it,
    -- Some deals are never brought to an end.
    draw(n, 419) < 0.035 and created_date < date '2026-07-01' as is_stalled
  from drawn
),
ended as (
  select
    *,
    case
      when is_stalled then null
      when wins_it then planned_close
      else workday(created_date + greatest(8, floor(cycle * (0.45 + 0.85 * draw(n, 420)))::int))
    end as ends_on
  from tried
),
priced as (
  select
    *,
    ends_on <= final_day() as is_over,
    round(case segment when 'Enterprise' then 30000 when 'Mid-market' then 16500 else 8600 end
      * case product_family when 'Platform' then 1.25 when 'Gateways' then 1.1 when 'Sensors' then 1.0 when 'Services' then 0.8 else 0.45 end
      * skewed(n, 1821) * case when month(planned_close) >= 11 then 1.1 else 1 end, -1) as raw_amount
  from ended
  where ends_on is null or ends_on >= first_day()
)
select
  row_number() over (order by created_date, n) as number, *,
  coalesce(is_over and wins_it and not is_stalled, false) as is_won,
  coalesce(is_over and not (wins_it and not is_stalled), false) as is_lost,
  -- One lost deal in twenty was never priced.
  is_lost and draw(n, 452) < 0.05 as is_unpriced
from priced
order by number;

-- How far a deal got: stages 1 to 4, which share out the time between its beginning and its end.
create temp table deal_stage as
with reached as (
  select
    *,
    coalesce(ends_on, created_date + greatest(40, cycle * 2)) as paced_until,
    case
      when is_won then 4
      when is_lost then case when draw(n, 431) < 0.22 then 1 when draw(n, 431) < 0.52 then 2 when draw(n, 431) < 0.84 then 3 else 4 end
      when is_stalled then 1 + floor(draw(n, 431) * 3)::int
      else 4
    end as last_stage,
    -- One deal in nine jumps a stage.
    case when draw(n, 432) < 0.11 then 2 + floor(draw(n, 433) * 2)::int end as skipped
  from deal
)
select
  number, n, stage,
  case stage when 1 then created_date else created_date + ceil(greatest(8, paced_until - created_date)
    * case stage when 2 then 0.15 + 0.1 * draw(n, 434) when 3 then 0.45 + 0.1 * draw(n, 435) else 0.72 + 0.08 * draw(n, 436) end)::int
  end as entered_on
from reached, range(1, 5) as stages(stage)
where stage <= last_stage and coalesce(stage <> skipped or stage = last_stage, true)
order by number, stage;
delete from deal_stage where entered_on > final_day();

create table stage (pipeline_name varchar, stage_name varchar, sort_order int, is_closed boolean, is_won boolean, default_probability decimal(4, 2));
insert into stage values
  ('Sales', 'Prospecting', 1, false, false, 0.10),
  ('Sales', 'Qualification', 2, false, false, 0.25),
  ('Sales', 'Proposal', 3, false, false, 0.50),
  ('Sales', 'Negotiation', 4, false, false, 0.75),
  ('Sales', 'Won', 5, true, true, 1),
  ('Sales', 'Lost', 6, true, false, 0);

-- What happened to a deal, day by day; a day on which two things happened keeps the last.
create temp table deal_event as
with last_known as (
  select number, max(stage) as stage, max(entered_on) as entered_on from deal_stage group by number
),
amended as (
  -- In the middle of a long stage the amount is seen anew, and the expected end moves out.
  select
    deal_stage.number, deal_stage.stage,
    days_after(entered_on, (coalesce(next_on, ends_on, final_day()) - entered_on) / 2) as on_date
  from (select *, lead(entered_on) over (partition by number order by stage) as next_on from deal_stage) as deal_stage
  join deal using (number)
  where coalesce(next_on, ends_on, final_day()) - entered_on >= 6 and draw(deal_stage.n * 5 + stage, 441) < 0.32
),
handed_over as (
  select deal.number, from_day as on_date
  from deal join territory on territory.region = deal.region and territory.slot = deal.slot
  where from_day > created_date and coalesce(from_day < ends_on, from_day <= final_day())
),
happened as (
  select number, entered_on as on_date, stage, 1 as rank from deal_stage
  union all select number, on_date, stage, 0 from amended where on_date <= final_day()
  union all select number, on_date, null, 2 from handed_over
  union all select number, ends_on, case when is_won then 5 else 6 end, 3 from deal where is_won or is_lost
)
select number, on_date, max_by(stage, rank) filter (where stage is not null) as stage
from happened
group by number, on_date
order by number, on_date;

create table opportunity_history as
with versions as (
  select
    deal_event.number, deal.n, on_date as valid_from,
    lead(on_date) over each as valid_to,
    coalesce(stage, last_value(stage ignore nulls) over each) as stage,
    row_number() over each as version,
    count(*) over (partition by deal_event.number) as version_count,
    deal.* exclude (number, n)
  from deal_event join deal using (number)
  window each as (partition by deal_event.number order by on_date)
),
priced as (
  select
    versions.*,
    -- The amount is not known when a deal begins in one case of five, and comes near to the last one version by version.
    case
      when is_unpriced or stage = 1 and draw(n, 442) < 0.22 then null
      when version = version_count or stage >= 5 then raw_amount
      else round(raw_amount * (1 + (draw(n * 20 + version, 443) - 0.42) * 0.5), -1)
    end as amount,
    case
      when stage >= 5 then ends_on
      else workday(least(date '2027-06-30', (valid_from + greatest(10, ceil(cycle * [0.9, 0.75, 0.5, 0.3][stage] * (0.6 + 0.6 * draw(n * 20 + version, 444))))::int)))
    end as close_date
  from versions
)
select
  'O' || lpad(number::varchar, 5, '0') as opportunity_id,
  valid_from, valid_to, stage_name,
  amount::decimal(12, 2) as amount,
  close_date,
  (case when is_closed then default_probability else round(default_probability * (0.8 + 0.4 * draw(priced.n * 20 + version, 445)), 2) end)::decimal(4, 2) as probability,
  case when number <= 6 then 'U99' else user_id end as owner_id,
  case when stage = 5 then 'closed' when stage = 6 then 'omitted' when stage = 4 then 'commit' when stage = 3 then 'best_case' else 'pipeline' end as forecast_category
from priced
join stage on sort_order = stage
join territory on territory.region = priced.region and territory.slot = priced.slot and valid_from >= from_day and valid_from < until_day
order by opportunity_id, valid_from;

create table opportunity as
select
  'O' || lpad(number::varchar, 5, '0') as opportunity_id,
  account_id,
  latest.owner_id,
  campaign_id,
  deal.lead_source,
  case when not is_known then 'new business' when draw(deal.n, 451) < 0.3 then 'renewal' else 'expansion' end as opportunity_type,
  product_family,
  deal.created_date,
  case when is_won or is_lost then ends_on end as close_date,
  latest.stage_name, is_won or is_lost as is_closed, is_won,
  latest.amount,
  case when is_won or draw(deal.n, 453) >= 0.25 then round(latest.amount::double * (case product_family when 'Platform' then 0.66 when 'Services' then 0.3 when 'Sensors' then 0.38 when 'Gateways' then 0.35 else 0.42 end
      - 0.12 * draw(deal.n, 454) - 0.1 * (raw_amount > 60000)::int), 2) end::decimal(12, 2) as gross_margin,
  latest.probability, latest.forecast_category,
  case when is_lost and draw(deal.n, 455) >= 0.06 then
    case when draw(deal.n, 456) < 0.27 then 'price' when draw(deal.n, 456) < 0.5 then 'no decision' when draw(deal.n, 456) < 0.69 then 'competitor'
         when draw(deal.n, 456) < 0.82 then 'timing' when draw(deal.n, 456) < 0.92 then 'missing feature' else 'no budget' end end as loss_reason,
  case when (is_lost and draw(deal.n, 456) between 0.5 and 0.69) or draw(deal.n, 457) < 0.12 then pick(deal.n, 458, ['Monitra', 'Senzo', 'Arguspoint', 'Kontroll AG']) end as competitor,
  'EUR' as currency_code
from deal
join opportunity_history as latest on latest.opportunity_id = 'O' || lpad(number::varchar, 5, '0') and latest.valid_to is null
left join lead_path on lead_path.n = deal.lead_n
left join campaign on campaign.lead_source = lead_path.lead_source and lead_path.created_date between start_date and end_date
order by opportunity_id;

create table lead as
select
  'L' || lpad(lead_path.n::varchar, 5, '0') as lead_id,
  lead_path.created_date, lead_path.lead_source, campaign_id,
  -- Leads that came in through the website on a busy day were not always given to anyone.
  case when lead_path.lead_source <> 'Website' or draw(lead_path.n, 461) >= 0.06 then sdr_id end as owner_id,
  region,
  case
    when converted_date is not null then 'converted'
    when disqualified_date is not null then 'disqualified'
    when sent_to_sales_date is not null then 'sent to sales'
    when qualified_date is not null then 'qualified'
    when final_day() - lead_path.created_date > 14 then 'working'
    else 'new'
  end as status,
  qualified_date, sent_to_sales_date, converted_date,
  case when converted_date is not null then 'A' || lpad(lead_path.account_n::varchar, 4, '0') end as converted_account_id,
  'O' || lpad(deal.number::varchar, 5, '0') as converted_opportunity_id,
  disqualified_date,
  case when disqualified_date is not null and draw(lead_path.n, 462) >= 0.05 then
    case when lead_path.lead_source = 'Content syndication' and draw(lead_path.n, 463) < 0.5 then 'no interest'
      else pick(lead_path.n, 464, ['no budget', 'no need', 'no reply', 'no interest', 'already a customer', 'wrong contact']) end end as disqualified_reason,
  case when draw(lead_path.n, 465) >= 0.3 then 'P' || lpad((1 + floor(draw(lead_path.n, 466) * 18))::int::varchar, 2, '0') end as product_id
from (
  select lead_path.* exclude (region), coalesce(account_seed.region, lead_path.region) as region
  from lead_path left join account_seed on account_seed.n = account_n
) as lead_path
join region_seat using (region)
left join deal on deal.lead_n = lead_path.n
left join campaign on campaign.lead_source = lead_path.lead_source and lead_path.created_date between start_date and end_date
order by lead_id;

-- Most deals that come to a proposal are quoted, and those that are quoted fast are won a little more often.
create table quote as
with asked as (
  select number, min(entered_on) as asked_on from deal_stage where stage >= 3 group by number
),
timed as (
  select
    deal.*, asked_on,
    seconds_after(asked_on, 25200 + 32400 * draw(n, 471)) as requested_at,
    seconds_after(seconds_after(asked_on, 25200 + 32400 * draw(n, 471)),
      3600 * (2 + 52 * skewed(n, 472) * case when is_won then 0.9 else 1.07 end)) as would_deliver_at,
    draw(n, 475) < 0.03 as is_withdrawn
  from asked join deal using (number)
  where draw(n, 476) < 0.88
),
delivered as (
  select *, case when not is_withdrawn then by_now_at(least(would_deliver_at, seconds_after(ends_on, 54000))) end as delivered_at
  from timed
)
select
  'Q' || lpad((row_number() over (order by requested_at, number))::varchar, 5, '0') as quote_id,
  'O' || lpad(number::varchar, 5, '0') as opportunity_id,
  account_id, version.owner_id,
  requested_at, delivered_at,
  case when is_won and delivered_at is not null then seconds_after(ends_on, 54600 + 7200 * draw(n, 477)) end as accepted_at,
  case
    when is_withdrawn then 'withdrawn'
    when delivered_at is null then 'requested'
    when deal.is_won then 'accepted'
    when is_lost then 'rejected'
    when delivered_at < timestamp '2026-08-01' then 'expired'
    else 'delivered'
  end as status,
  (raw_amount * (0.98 + 0.12 * draw(n, 478)))::decimal(12, 2) as amount
from delivered as deal
-- Whoever had the deal when the quote was asked for sees to it.
join opportunity_history as version on version.opportunity_id = 'O' || lpad(number::varchar, 5, '0')
  and asked_on >= version.valid_from and (version.valid_to is null or asked_on < version.valid_to)
where requested_at < final_moment()
order by quote_id;
