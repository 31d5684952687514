-- Gaps: 2 and 10 in January, 31 and 0 in February, 28 in March; the rows before may lie outside. By the log call 2 belongs to February (2, 31, 0)
-- and call 8, which was not logged, to no month.
create table reps (rep_id varchar, region varchar, valid_from date, valid_until date);
insert into reps values ('p', 'North', '2026-01-01', '2026-02-01'), ('p', 'South', '2026-02-01', null), ('q', 'East', '2026-01-01', null);
create table accounts (account_id varchar, segment varchar);
insert into accounts values ('x', 'small'), ('y', 'small'), ('z', null);
create table calls (call_id integer, account_id varchar, rep_id varchar, topic varchar, minutes integer, called_on date, logged_at timestamp);
insert into calls values
  (1, 'x', 'p', 'demo', 10, '2026-01-10', '2026-01-10 10:00'),
  (2, 'x', 'p', 'demo', 20, '2026-01-12', '2026-02-01 10:00'),
  (4, 'x', 'q', null, 30, '2026-02-12', '2026-02-12 10:00'),
  (3, 'x', 'p', 'talk', 40, '2026-02-12', '2026-02-12 10:00'),
  (5, 'y', 'q', 'demo', 50, '2026-02-01', '2026-02-01 10:00'),
  (6, 'y', 'p', 'demo', 60, '2026-03-01', '2026-03-01 10:00'),
  (7, null, 'p', 'demo', 70, '2026-01-05', '2026-01-05 10:00'),
  (8, null, 'q', 'demo', 80, '2026-01-15', null),
  (9, 'x', 'p', 'demo', 90, null, null),
  (10, 'y', 'q', 'talk', 100, null, '2026-03-03 10:00'),
  (11, 'z', 'q', 'talk', 110, '2026-01-31', '2026-01-31 10:00');
create table notes (note_id varchar, call_id integer, written_on date);
insert into notes values
  ('a', 2, '2026-01-20'), ('b', 3, '2026-02-20'), ('c', 5, '2026-02-20'), ('d', 99, '2026-02-20'), ('e', null, '2026-03-20'), ('f', 9, '2026-03-20');
