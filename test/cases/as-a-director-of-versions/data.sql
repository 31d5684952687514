create schema crm;
create table crm.reps (rep_id varchar, region varchar, valid_from date, valid_until date);
insert into crm.reps values
  ('r1', 'north', '2026-01-01', '2026-02-01'), ('r1', 'south', '2026-02-01', null), ('r2', 'south', '2026-03-01', null);
create table crm.deals (deal_id bigint, rep_id varchar, amount decimal(10, 2), closed_on date);
insert into crm.deals values
  (1, 'r1', 100, '2026-01-15'), (2, 'r1', 50, '2026-02-15'), (3, 'r2', 70, '2026-02-10'), (4, 'r1', 5, null);
