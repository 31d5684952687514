-- Teams, people, and the calendar they work by.

create table calendar as
with holidays as (
  select unnest([
    date '2024-01-01', date '2024-03-29', date '2024-05-01', date '2024-08-15', date '2024-11-01', date '2024-12-25',
    date '2025-01-01', date '2025-04-18', date '2025-05-01', date '2025-08-15', date '2025-12-25',
    date '2026-01-01', date '2026-04-03', date '2026-05-01', date '2026-12-25'
  ]) as date_day
)
select
  day::date as date_day,
  year(day)::int as fiscal_year,
  (1 + (month(day) - 1) // 6)::int as fiscal_half,
  quarter(day)::int as fiscal_quarter,
  month(day)::int as fiscal_month,
  strftime(day, '%G-W%V') as iso_week,
  isodow(day) <= 5 and holidays.date_day is null as is_business_day
from range(first_day(), date '2027-01-01', interval 1 day) as days(day)
left join holidays on holidays.date_day = day::date
order by date_day;

create table team (team_id varchar, team_name varchar, parent_team_id varchar, region varchar, department varchar);
insert into team values
  ('T0', 'Commercial', null, null, 'management'),
  ('T1', 'Sales Iberia', 'T0', 'Iberia', 'sales'),
  ('T2', 'Sales France', 'T0', 'France', 'sales'),
  ('T3', 'Sales DACH', 'T0', 'DACH', 'sales'),
  ('T4', 'Sales Benelux', 'T0', 'Benelux', 'sales'),
  ('T5', 'Marketing', 'T0', null, 'marketing'),
  ('T6', 'Customer Service', 'T0', null, 'service');

-- One row per person, as things stand on the last day; what follows here reads it. `crm_user_history` below has every version.
create table crm_user (
  user_id varchar, user_name varchar, role_name varchar, team_id varchar, manager_id varchar, region varchar,
  hire_date date, termination_date date, years_experience decimal(4, 1), hire_source varchar,
  commission_rate decimal(5, 4)
);
insert into crm_user values
  ('U01', 'Elena Vidal', 'sales_director', 'T0', null, 'Iberia', '2017-02-01', null, 19, 'referral', null),
  ('U02', 'Javier Montes', 'sales_manager', 'T1', 'U01', 'Iberia', '2019-05-06', null, 14, 'promotion', 0.01),
  ('U03', 'Claire Fontaine', 'sales_manager', 'T2', 'U01', 'France', '2025-04-01', null, 12, 'agency', 0.01),
  ('U04', 'Matthias Brandt', 'sales_manager', 'T3', 'U01', 'DACH', '2018-09-03', null, 17, 'referral', 0.01),
  ('U05', 'Sanne de Wit', 'sales_manager', 'T4', 'U01', 'Benelux', '2020-01-13', null, 11, 'promotion', 0.01),
  ('U06', 'Irene Solana', 'marketing_manager', 'T5', 'U01', 'Iberia', '2019-10-01', null, 13, 'agency', null),
  ('U07', 'Pauline Mercier', 'service_manager', 'T6', 'U01', 'France', '2018-03-05', null, 15, 'promotion', null),
  ('U11', 'Lucas Ferrer', 'rep', 'T1', 'U02', 'Iberia', '2020-03-02', null, 9, 'referral', 0.03),
  ('U12', 'Nuria Campos', 'rep', 'T1', 'U02', 'Iberia', '2022-03-01', null, 4, 'university', 0.03),
  ('U13', 'Diego Arenas', 'rep', 'T1', 'U02', 'Iberia', '2021-06-01', null, 7, 'job_board', 0.03),
  ('U14', 'Marta Quiroga', 'rep', 'T1', 'U02', 'Iberia', '2019-09-02', null, 10, 'referral', 0.03),
  ('U15', 'Rui Carvalho', 'rep', 'T1', 'U02', 'Iberia', '2023-01-09', null, 5, 'agency', 0.03),
  ('U16', 'Hugo Lambert', 'rep', 'T2', 'U03', 'France', '2019-04-01', null, 11, 'agency', 0.03),
  ('U17', 'Camille Roy', 'rep', 'T2', 'U03', 'France', '2021-10-04', null, 6, 'referral', 0.03),
  ('U18', 'Antoine Girard', 'rep', 'T2', 'U03', 'France', '2022-09-05', null, 5, 'job_board', 0.03),
  ('U19', 'Lea Moreau', 'rep', 'T2', 'U03', 'France', '2020-11-02', null, 8, 'job_board', 0.03),
  ('U20', 'Thomas Garnier', 'rep', 'T2', 'U03', 'France', '2020-02-03', '2025-08-31', 9, 'job_board', 0.03),
  ('U21', 'Anna Keller', 'rep', 'T3', 'U04', 'DACH', '2018-06-04', null, 12, 'referral', 0.03),
  ('U22', 'Jonas Weber', 'rep', 'T3', 'U04', 'DACH', '2021-02-01', null, 7, 'agency', 0.03),
  ('U23', 'Lukas Steiner', 'rep', 'T3', 'U04', 'DACH', '2022-05-02', null, 6, 'referral', 0.03),
  ('U24', 'Sophie Vogel', 'rep', 'T3', 'U04', 'DACH', '2020-08-03', null, 8, 'university', 0.03),
  ('U25', 'Felix Huber', 'rep', 'T3', 'U04', 'DACH', '2023-04-03', null, 4, 'job_board', 0.03),
  ('U26', 'Bram Visser', 'rep', 'T4', 'U05', 'Benelux', '2020-05-04', null, 9, 'referral', 0.03),
  ('U27', 'Eva Jansen', 'rep', 'T4', 'U05', 'Benelux', '2021-01-11', null, 7, 'job_board', 0.03),
  ('U28', 'Pieter Claes', 'rep', 'T4', 'U05', 'Benelux', '2019-11-04', null, 10, 'agency', 0.03),
  ('U29', 'Lotte Maes', 'rep', 'T4', 'U05', 'Benelux', '2022-10-03', null, 5, 'university', 0.03),
  ('U30', 'Daan Smit', 'rep', 'T4', 'U05', 'Benelux', '2023-03-01', null, 6, 'agency', 0.03),
  ('U32', 'Manon Leroy', 'rep', 'T2', 'U03', 'France', '2025-09-01', null, 3, 'university', 0.03),
  ('U33', 'Pablo Serrano', 'rep', 'T1', 'U02', 'Iberia', '2018-01-08', '2024-06-30', 12, 'referral', 0.03),
  ('U34', 'Gerard Blanc', 'sales_manager', 'T2', 'U01', 'France', '2016-05-02', '2025-03-31', 20, 'referral', 0.01),
  ('U41', 'Carla Pons', 'sdr', 'T5', 'U06', 'Iberia', '2023-02-01', null, 2, 'university', null),
  ('U42', 'Julie Perrin', 'sdr', 'T5', 'U06', 'France', '2023-06-01', null, 2, 'university', null),
  ('U43', 'Nina Wolf', 'sdr', 'T5', 'U06', 'DACH', '2022-11-02', null, 3, 'job_board', null),
  ('U44', 'Koen Peeters', 'sdr', 'T5', 'U06', 'Benelux', '2023-11-06', null, 1, 'university', null),
  ('U51', 'Olga Ruiz', 'service_agent', 'T6', 'U07', 'Iberia', '2019-02-04', null, 9, 'referral', null),
  ('U52', 'Victor Salas', 'service_agent', 'T6', 'U07', 'Iberia', '2021-09-06', null, 5, 'job_board', null),
  ('U53', 'Chloe Petit', 'service_agent', 'T6', 'U07', 'France', '2020-10-05', null, 6, 'job_board', null),
  ('U54', 'Karl Lang', 'service_agent', 'T6', 'U07', 'DACH', '2018-12-03', null, 11, 'agency', null),
  ('U55', 'Mila Baumann', 'service_agent', 'T6', 'U07', 'DACH', '2022-02-07', null, 4, 'university', null),
  ('U56', 'Jan Mertens', 'service_agent', 'T6', 'U07', 'Benelux', '2021-04-06', null, 6, 'agency', null),
  ('U61', 'Teresa Gil', 'marketing_specialist', 'T5', 'U06', 'Iberia', '2021-03-01', null, 6, 'agency', null),
  ('U62', 'Marc Dubois', 'marketing_specialist', 'T5', 'U06', 'France', '2022-01-10', null, 5, 'job_board', null);

-- What it cost to find them depends on the way.
alter table crm_user add column hiring_cost decimal(10, 2);
update crm_user set hiring_cost = case hire_source when 'agency' then 9500 when 'job_board' then 4200 when 'referral' then 2600 when 'university' then 2100 else 600 end;

-- Nuria Campos was a development representative before she took over from Pablo Serrano, and France changed its manager.
create table crm_user_history as
select
  user_id, user_name, 'sdr' as role_name, 'T5' as team_id, 'U06' as manager_id, region, hire_date, termination_date,
  years_experience, hire_source, null::decimal(5, 4) as commission_rate, hiring_cost,
  hire_date as valid_from, date '2024-07-01' as valid_to
from crm_user where user_id = 'U12'
union all
select * replace ('U34' as manager_id), hire_date, date '2025-04-01'
from crm_user where manager_id = 'U03' and hire_date < date '2025-04-01'
union all
select
  *,
  case
    when user_id = 'U12' then date '2024-07-01'
    when manager_id = 'U03' then greatest(hire_date, date '2025-04-01')
    else hire_date
  end,
  null
from crm_user
order by user_id, valid_from;

-- Who sells in which of a region's five territories, and how well: accounts belong to a territory, people come and go.
create temp table territory as
with seats (region, slot, user_id, skill) as (values
  ('Iberia', 1, 'U11', 1.12), ('Iberia', 2, 'U12', 0.94), ('Iberia', 3, 'U13', 1.00), ('Iberia', 4, 'U14', 1.15), ('Iberia', 5, 'U15', 0.92),
  ('France', 1, 'U16', 1.10), ('France', 2, 'U17', 1.02), ('France', 3, 'U18', 0.95), ('France', 4, 'U19', 1.00), ('France', 5, 'U20', 0.98),
  ('DACH', 1, 'U21', 1.20), ('DACH', 2, 'U22', 0.97), ('DACH', 3, 'U23', 1.00), ('DACH', 4, 'U24', 1.04), ('DACH', 5, 'U25', 0.93),
  ('Benelux', 1, 'U26', 1.06), ('Benelux', 2, 'U27', 0.98), ('Benelux', 3, 'U28', 1.08), ('Benelux', 4, 'U29', 0.95), ('Benelux', 5, 'U30', 0.96)
)
select region, slot, user_id, skill, date '2000-01-01' as from_day, date '2100-01-01' as until_day
from seats where user_id not in ('U12', 'U20')
union all values
  ('Iberia', 2, 'U33', 1.05, date '2000-01-01', date '2024-07-01'),
  ('Iberia', 2, 'U12', 0.94, date '2024-07-01', date '2100-01-01'),
  ('France', 5, 'U20', 0.98, date '2000-01-01', date '2025-09-01'),
  ('France', 5, 'U32', 0.85, date '2025-09-01', date '2100-01-01');

create temp table region_seat (region varchar, sdr_id varchar);
insert into region_seat values ('Iberia', 'U41'), ('France', 'U42'), ('DACH', 'U43'), ('Benelux', 'U44');
