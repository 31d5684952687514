create table deals (deal varchar, rep_id varchar, amount decimal(10, 2), closed_on date);
insert into deals values
  ('a', 'r1', 100, '2026-02-03'), ('b', 'r1', 20, '2026-04-01'), ('c', 'r2', 30, '2026-04-02'), ('d', 'r4', 1, '2026-04-02');
create table reps (rep_id varchar, region varchar);
insert into reps values ('r1', 'north'), ('r2', 'south'), ('r3', 'south');
create table quotas (rep_id varchar, quarter date, product varchar, amount decimal(10, 2));
insert into quotas values
  ('r1', '2026-01-01', 'x', 50), ('r1', '2026-01-01', 'y', 50), ('r1', '2026-04-01', 'x', 130), ('r3', '2026-04-01', 'x', 65);
