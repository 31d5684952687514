-- A computed key of few values is no column by which rows can be added up first.
create table accounts (account_id varchar, industry varchar);
insert into accounts values ('x', 'tools'), ('y', 'tools'), ('z', 'toys');
create table reps (rep_id varchar, region varchar);
insert into reps values ('r1', 'north'), ('r2', 'south'), ('r3', 'north');
create table deals (deal_id bigint, rep_id varchar, account_id varchar, stage varchar, amount decimal(10, 2), closed_on date);
insert into deals values
  (1, 'r1', 'x', 'won', 100.50, '2026-01-05'), (2, 'r1', 'y', 'lost', 40, '2026-01-20'),
  (3, 'r2', 'y', 'won', 60, '2026-02-01'), (4, 'r2', 'z', 'open', 20, null),
  (5, 'r9', 'z', 'won', 7.5, '2026-02-28'), (6, null, 'x', 'won', null, '2026-03-31'), (7, 'r3', null, 'lost', 10, '2026-03-31');
