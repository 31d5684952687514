create schema crm;
create table crm.reps (rep_id varchar, region varchar);
insert into crm.reps values
  ('r1', 'north'), ('r2', 'north'), ('r3', 'north'), ('r4', 'south'), ('r5', 'south'), ('r6', 'south'), ('r7', 'south'),
  ('r8', null);
create table crm.deals (deal_id bigint, rep_id varchar, amount decimal(10, 2), closed_on date);
insert into crm.deals values
  (1, 'r1', 100, '2026-01-05'), (2, 'r2', 60, '2026-01-06'), (3, 'r3', 30, '2026-01-07'), (4, 'r4', 200, '2026-01-08'),
  (5, 'r1', 10, '2026-02-05'), (6, 'r2', 50, '2026-02-06'), (7, 'r3', 40, '2026-02-07'), (8, 'r4', 30, '2026-02-08'),
  (9, 'r5', 20, '2026-02-09'), (10, 'r8', 9000, '2026-02-10'), (11, null, 8000, '2026-02-11'), (12, 'r9', 7000, '2026-02-12'),
  (13, 'r2', 25, '2026-03-01');
