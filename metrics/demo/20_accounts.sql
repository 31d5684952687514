-- Accounts as far as they do not follow from what was sold to them; `account` itself is made once orders are there.

create temp table account_seed as
with parts as (
  select
    n,
    ['Alba', 'Brisa', 'Cima', 'Delta', 'Ebro', 'Faro', 'Garona', 'Helix', 'Indra', 'Jura', 'Kappa', 'Loira', 'Mistral', 'Norte', 'Orion',
     'Prisma', 'Quarz', 'Rhein', 'Sirius', 'Tajo', 'Umbra', 'Vega', 'Wald', 'Xenon', 'Ysel', 'Zenit', 'Aurora', 'Boreal', 'Celta', 'Duna'][1 + (n - 1) % 30]
    || ' ' ||
    ['Logistics', 'Foods', 'Pharma', 'Textiles', 'Energy', 'Plastics', 'Motors', 'Paper', 'Chemicals', 'Ceramics',
     'Dairy', 'Metals', 'Optics', 'Packaging', 'Robotics', 'Shipping', 'Timber', 'Water', 'Farms', 'Glass'][1 + ((n - 1) // 30) % 20] as short_name,
    case when draw(n, 201) < 0.28 then 'Iberia' when draw(n, 201) < 0.54 then 'France' when draw(n, 201) < 0.79 then 'DACH' else 'Benelux' end as region,
    case when draw(n, 202) < 0.12 then 'Enterprise' when draw(n, 202) < 0.45 then 'Mid-market' else 'Small business' end as segment
  from range(1, 601) as numbers(n)
)
select
  n,
  'A' || lpad(n::varchar, 4, '0') as account_id,
  short_name || case region when 'Iberia' then ' SL' when 'France' then ' SAS' when 'DACH' then ' GmbH' else ' BV' end as account_name,
  region,
  -- Ysel Dairy, the customer at risk, is a large one of long standing.
  case when n = 325 then 'Enterprise' else segment end as segment,
  case when draw(n, 203) >= 0.04 then
    pick(n, 204, ['Food and drink', 'Pharmaceuticals', 'Automotive', 'Logistics', 'Chemicals', 'Energy', 'Paper and packaging', 'Machinery'])
  end as industry,
  -- Territories are cut so that each has its share of large and small accounts, old and new.
  1 + ((row_number() over (partition by region, segment, n <= 380 order by draw(n, 205)) + length(segment)) % 5)::int as slot,
  workday(case
    when n <= 380 then days_after(date '2019-01-07', draw(n, 206) * 1790)
    else days_after(first_day(), (n - 381 + draw(n, 206)) * 1025 / 220)
  end) as created_date,
  n <= 380 and draw(n, 207) < 0.62 or n = 325 as is_old_customer,
  case when draw(n, 208) < 0.17 and n <> 325 then days_after(date '2024-03-01', draw(n, 209) * 974) end as leaves_on,
  case segment when 'Enterprise' then 3 when 'Mid-market' then 2 else 1 end as weight
from parts
order by n;

-- One lot for each unit of weight, so that a draw of a lot is a draw of an account; `staying_lot` has those of old that never leave.
create temp table account_lot as
select row_number() over (order by n, copy) - 1 as lot, n, created_date, leaves_on
from account_seed, range(weight) as copies(copy)
order by lot;

create temp table staying_lot as
select row_number() over (order by n) - 1 as lot, n
from account_seed
where created_date < date '2023-06-01' and leaves_on is null
order by lot;
