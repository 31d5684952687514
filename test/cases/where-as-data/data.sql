create schema crm;
create table crm.reps (rep_id varchar, name varchar, region varchar);
insert into crm.reps values ('r1', 'Ann', 'north'), ('r2', 'Bob', 'south'), ('r3', 'Cid', 'north'), ('r4', null, null);
create table crm.deals (deal_id bigint, rep_id varchar, stage varchar, amount decimal(10, 2), closed_on date);
insert into crm.deals values
  (1, 'r1', 'won', 100.10, '2026-01-05'),
  (2, 'r1', 'lost', 40, '2026-01-20'),
  (3, 'r2', 'won', 60, '2026-02-01'),
  (4, 'r2', 'open', 20, null),
  (5, 'r9', 'won', 7.5, '2026-02-28'),
  (6, null, 'won', null, '2026-03-31'),
  (7, 'r3', 'lost', 10, '2026-03-31');
create table crm.calls (call_id bigint, rep_id varchar, minutes bigint, called_on date);
insert into crm.calls values
  (1, 'r1', 10, '2026-01-01'), (2, 'r1', 20, '2026-01-31'), (3, 'r3', 5, '2026-02-10'), (4, 'r3', 200, '2026-03-01'), (5, null, 1, '2026-03-02');
