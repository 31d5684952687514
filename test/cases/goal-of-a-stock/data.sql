create table deals (deal varchar, rep_id varchar, amount integer, created_on date, closed_on date);
insert into deals values
  ('a', 'r1', 90, '2026-01-10', null), ('b', 'r1', 60, '2026-01-15', '2026-02-10'), ('c', 'r2', 80, '2026-03-20', null);
