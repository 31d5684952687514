-- What people did: calls, emails, meetings and the like, on deals, leads, cases and accounts.

create temp table activity_seed as
with on_deals as (
  select
    deal.n * 32 + k as seed, deal.number as deal_number, null::bigint as lead_n, null::varchar as case_id,
    account_n, region, slot, (k + draw(deal.n * 32 + k, 701)) / touches as progress, created_date,
    -- A deal that has stalled is left alone after two months.
    (case when is_stalled then created_date + 60 else least(coalesce(ends_on, final_day()), created_date + 2 * cycle) end) as until_day,
    is_won
  from (select *, 3 + floor(draw(n, 702) * 8)::int + 2 * is_won::int as touches from deal) as deal,
    range(12) as numbers(k)
  where k < touches
),
dated as (
  select *, least(workday(days_after(created_date, (until_day - created_date) * progress)), until_day) as on_day
  from on_deals
)
select
  seed, deal_number, lead_n, case_id, account_n, region, slot, null::varchar as owner_id, on_day, null::timestamp as at_moment,
  case
    when draw(seed, 703) < 0.33 then 'call' when draw(seed, 703) < 0.63 then 'email' when draw(seed, 703) < 0.7 then 'voicemail' when draw(seed, 703) < 0.76 then 'task'
    when progress < 0.25 then case when draw(seed, 703) < 0.9 then 'meeting' else 'visit' end
    when progress < 0.65 then case when draw(seed, 703) < 0.86 then 'demo' when draw(seed, 703) < 0.95 then 'meeting' else 'visit' end
    else case when draw(seed, 703) < 0.9 then 'meeting' when draw(seed, 703) < 0.98 then 'visit' else 'demo' end
  end as activity_type,
  case when draw(seed, 704) < 0.16 then 'inbound' else 'outbound' end as direction,
  case when progress < 0.3 then 'prospecting' when progress < 0.7 then 'follow-up' else 'negotiation' end as purpose
from dated
where on_day >= first_day()
union all
select
  1000000 + lead_path.n * 4 + k, null, lead_path.n, null, null, null, null, lead.owner_id,
  workday(days_after(lead_path.created_date, k * 3 + draw(lead_path.n * 4 + k, 711) * 4)), null,
  case when draw(lead_path.n * 4 + k, 712) < 0.5 then 'call' when draw(lead_path.n * 4 + k, 712) < 0.88 then 'email' else 'voicemail' end,
  'outbound', 'prospecting'
from lead_path
join lead on lead_id = 'L' || lpad(lead_path.n::varchar, 5, '0'),
  range(2) as numbers(k)
where k < floor(draw(lead_path.n, 713) * 2.2) and lead.owner_id is not null
union all
-- A case that came by telephone is a call that came in; some are called back.
select
  1200000 + number * 4 + k, null, null, 'SC' || lpad(number::varchar, 5, '0'), account_n, null, null, user_id,
  null, case when k = 0 then created_at else seconds_after(created_at, k * 3600 * (3 + 20 * draw(n, 721))) end,
  'call', case when k = 0 then 'inbound' else 'outbound' end, 'support'
from case_path, range(3) as numbers(k)
where channel = 'phone' and k < 1 + floor(draw(n, 722) * 1.6)
union all
-- Customers are seen between deals as well.
select
  1300000 + account_seed.n * 20 + quarter_number, null, null, null, account_seed.n, account_seed.region, account_seed.slot, null,
  workday(days_after(starts, 85 * draw(account_seed.n * 20 + quarter_number, 731))), null,
  case when draw(account_seed.n * 20 + quarter_number, 732) < 0.35 then 'visit' when draw(account_seed.n * 20 + quarter_number, 732) < 0.75 then 'call' else 'meeting' end,
  'outbound', case when leaves_on - starts between 0 and 120 then 'win back' else 'customer care' end
from account_seed
join account_end on account_end.n = account_seed.n,
  (select quarter_number, (first_day() + to_months(3 * quarter_number::int))::date as starts from range(12) as quarters(quarter_number)) as quarters
where customer_on <= starts and coalesce(churned_date > starts + 90, true)
  and draw(account_seed.n * 20 + quarter_number, 733) < case segment when 'Enterprise' then 0.9 when 'Mid-market' then 0.6 else 0.35 end;

-- Half of those who ask how to close their account are called or seen about it; who means to go is reached less often.
insert into activity_seed
select
  1500000 + case_path.n, null, null, null, case_path.account_n, account_seed.region, account_seed.slot, null,
  workday(days_after(case_path.created_at::date, 2 + 11 * draw(case_path.n, 771))), null,
  case when draw(case_path.n, 772) < 0.5 then 'call' when draw(case_path.n, 772) < 0.75 then 'visit' else 'meeting' end,
  'outbound', 'win back'
from case_path
join account_seed on account_seed.n = case_path.account_n
join account_end on account_end.n = case_path.account_n
where case_type = 'cancellation_enquiry' and draw(case_path.n, 773) < case when churned_date is null then 0.7 else 0.3 end;

create temp table activity_path as
with timed as (
  select
    activity_seed.*,
    coalesce(at_moment, seconds_after(on_day, 25800 + 31200 * draw(seed, 741))) as happens_at,
    case activity_type
      when 'call' then case when purpose = 'support' then 330 * skewed(seed, 742) * pace when draw(seed, 745) < 0.3 then 25 else 60 + 420 * skewed(seed, 742) end
      when 'voicemail' then 20 + 40 * draw(seed, 742)
      when 'meeting' then 1800 + 3600 * draw(seed, 742)
      when 'visit' then 3600 + 5400 * draw(seed, 742)
      when 'demo' then 2700 + 2700 * draw(seed, 742)
    end as seconds,
    draw(seed, 746) as fate
  from activity_seed left join agent on agent.user_id = activity_seed.owner_id
),
settled as (
  select
    *,
    case
      when activity_type in ('call', 'email', 'voicemail') then case when purpose <> 'support' and fate < 0.02 then 'cancelled' else 'completed' end
      when activity_type = 'task' then case when fate < 0.05 then 'cancelled' when fate < 0.17 then 'planned' else 'completed' end
      else case when fate < 0.07 then 'cancelled' when fate < 0.15 then 'held' else 'completed' end
    end as fated,
    seconds_after(happens_at, coalesce(seconds, 300) + case when activity_type in ('meeting', 'visit', 'demo')
      then case when draw(seed, 747) < 0.74 then 72000 * draw(seed, 748) else 90000 + 340000 * draw(seed, 748) end else 0 end) as would_complete_at
  from timed
  where happens_at < final_moment()
)
select
  *,
  case
    when fated = 'completed' and would_complete_at >= final_moment() then case when activity_type in ('meeting', 'visit', 'demo') then 'held' else 'completed' end
    else fated
  end as status
from settled
union all by name
-- The next step of deals that are alive: most lie ahead, some are late already.
select
  1400000 + number as seed, number as deal_number, account_n, region, slot,
  seconds_after(workday(days_after(final_day(), -9 + 24 * draw(n, 751))), 25800 + 31200 * draw(n, 752)) as happens_at,
  case when draw(n, 753) < 0.4 then 'meeting' when draw(n, 753) < 0.6 then 'call' when draw(n, 753) < 0.75 then 'demo' else 'task' end as activity_type,
  'outbound' as direction, 'follow-up' as purpose, 'planned' as status
from deal
where not is_won and not is_lost and not is_stalled and draw(n, 754) < 0.8;

create table activity as
with owned as (
  select
    activity_path.* exclude (owner_id),
    coalesce(activity_path.owner_id, territory.user_id) as owner_id
  from activity_path
  left join territory on territory.region = activity_path.region and territory.slot = activity_path.slot
    and happens_at >= from_day and happens_at < until_day
)
select
  'V' || lpad((row_number() over (order by happens_at, seed))::varchar, 6, '0') as activity_id,
  activity_type,
  case when activity_type in ('call', 'email', 'voicemail') then direction end as direction,
  purpose, owner_id,
  'A' || lpad(account_n::varchar, 4, '0') as account_id,
  case when draw(seed, 761) < 0.7 then contact_id end as contact_id,
  'L' || lpad(lead_n::varchar, 5, '0') as lead_id,
  'O' || lpad(deal_number::varchar, 5, '0') as opportunity_id,
  case_id,
  -- What is planned was written down some days before; calls and emails are written down as they happen.
  case
    when status = 'planned' then seconds_after(least(happens_at, timestamp '2026-10-30 15:00:00'), -86400 * (1 + 9 * draw(seed, 762)))
    when activity_type in ('call', 'email', 'voicemail') then happens_at
    else seconds_after(happens_at, -86400 * (1 + 9 * draw(seed, 762)))
  end as created_at,
  case when status = 'planned' or activity_type in ('meeting', 'visit', 'demo', 'task') then happens_at::date end as due_date,
  -- A task has no hour until it is done; of what is planned, a meeting has its hour already.
  case when activity_type = 'task' and status <> 'completed' then null else happens_at end as activity_at,
  case when status = 'completed' then would_complete_at end as completed_at,
  status,
  case when status in ('held', 'completed') then floor(seconds)::int end as duration_seconds,
  case
    when status not in ('held', 'completed') or activity_type in ('email', 'task') then null
    when activity_type = 'voicemail' then 'left message'
    when activity_type = 'call' then case when purpose <> 'support' and draw(seed, 745) < 0.3 then 'no answer' else 'connected' end
    else pick(seed, 763, ['positive', 'positive', 'positive', 'neutral', 'neutral', 'negative'])
  end as outcome,
  activity_type = 'call' and status = 'completed' and purpose <> 'support' and draw(seed, 745) >= 0.3 and draw(seed, 764) < 0.42 as is_value_add
from owned
left join (select account_id, min(contact_id) as contact_id from contact group by account_id) as contacts
  on contacts.account_id = 'A' || lpad(account_n::varchar, 4, '0')
order by activity_id;
