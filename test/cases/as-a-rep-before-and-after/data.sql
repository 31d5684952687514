create schema crm;
create table crm.reps (rep_id varchar);
insert into crm.reps values ('r1'), ('r2'), ('r3');
create table crm.accounts (account_id varchar, segment varchar);
insert into crm.accounts values ('a1', 'small'), ('a2', 'large');
create table crm.deals (deal_id bigint, rep_id varchar, account_id varchar, stage varchar, amount decimal(10, 2), closed_on date);
insert into crm.deals values
  (1, 'r1', 'a1', 'won', 100, '2026-01-05'),
  (2, 'r2', 'a1', 'won', 60, '2026-02-01'),
  (3, 'r2', 'a2', 'lost', 20, '2026-02-20'),
  (4, 'r1', 'a2', 'won', 7, '2026-02-25'),
  (5, 'r1', 'a1', 'won', 30, '2026-03-09'),
  (6, 'r3', 'a2', 'won', 9, '2026-04-01');
