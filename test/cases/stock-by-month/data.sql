create table deals (deal varchar, rep varchar, state varchar, amount decimal(10, 2), created_on date, closed_on date);
insert into deals values
  ('a', 'r1', 'won', 100, '2026-01-10', '2026-02-03'),
  ('b', 'r1', 'lost', null, '2026-01-15', '2026-02-10'),
  ('c', 'r2', 'open', 50, '2026-01-20', null),
  ('d', 'r2', 'won', 30, '2026-03-01', '2026-03-02');
create table reps (rep varchar, region varchar);
insert into reps values ('r1', 'north'), ('r2', 'south'), ('r3', 'south');
create table calls (call varchar, rep varchar, kind varchar, minutes integer);
insert into calls values ('1', 'r1', 'demo', 30), ('2', 'r1', 'chat', 10), ('3', 'r3', 'demo', 20), ('4', null, 'demo', 5);
