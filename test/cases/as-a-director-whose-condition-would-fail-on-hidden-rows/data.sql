create schema crm;
create table crm.reps (rep_id varchar, region varchar, points bigint);
insert into crm.reps
  select 'r' || i, case when i % 2 = 0 then 'north' else 'south' end, case when i % 2 = 0 then 4000000000 else 2 end
  from generate_series(0, 199) as steps(i);
create table crm.deals (deal_id bigint, rep_id varchar, code varchar, price decimal(10, 2), weight decimal(38, 2), points bigint, closed_on date);
insert into crm.deals
  select i, 'r' || i, 'USD', 10, 1.5, 3, case when i < 100 then date '2026-01-15' else date '2026-02-15' end
  from generate_series(1, 199, 2) as steps(i);
insert into crm.deals values
  (200, 'r100', 'XAU', 10, 1.5, 3, '2026-01-15'),
  (202, 'r102', 'USD', 10, 100000000000000000000000000000000000, 3, '2026-01-15'),
  (204, 'r104', 'USD', 10, 1.5, 4000000000, '2026-01-15'),
  (206, 'r106', 'USD', 10, 1.5, 2000000000, '2026-01-15'),
  (208, null, 'XAU', 10, 1.5, 4000000000, '2026-01-15');
create table crm.rates (code varchar, target varchar, rate decimal(10, 4), day date);
insert into crm.rates values ('USD', 'EUR', 0.9, '2026-01-01');
