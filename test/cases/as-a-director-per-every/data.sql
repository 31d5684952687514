create schema crm;
create table crm.reps (rep_id varchar, name varchar, region varchar, manager_id varchar);
insert into crm.reps values
  ('r1', 'Ann', 'north', null), ('r2', 'Bob', 'north', 'r1'), ('r3', 'Cid', 'south', 'r1'), ('r4', 'Dee', 'south', 'r3');
create table crm.accounts (account_id varchar, segment varchar);
insert into crm.accounts values ('a1', 'small'), ('a2', 'large');
create table crm.deals (deal_id bigint, rep_id varchar, account_id varchar, stage varchar, amount decimal(10, 2), closed_on date);
insert into crm.deals values
  (1, 'r1', 'a1', 'won', 100, '2026-01-05'),
  (2, 'r2', 'a1', 'won', 60, '2026-02-01'),
  (3, 'r2', 'a2', 'lost', 20, '2026-02-20'),
  (4, 'r3', 'a2', 'won', 7.5, '2026-02-28'),
  (5, 'r4', 'a2', 'won', 1000, '2026-03-01'),
  (6, null, 'a1', 'won', 5000, '2026-03-02'),
  (7, 'r9', 'a1', 'won', 9000, '2026-03-03');
