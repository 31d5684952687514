create table deals (deal varchar, rep_id varchar, amount decimal(10, 2), closed_on date);
insert into deals values
  ('a', 'r1', 120, '2026-02-03'),
  ('b', 'r2', 30, '2026-03-02'),
  ('c', 'r1', 60, '2026-03-03'),
  ('d', null, 7, '2026-03-04');
create table reps (rep_id varchar, region varchar);
insert into reps values ('r1', 'north'), ('r2', 'south'), ('r3', 'south');
