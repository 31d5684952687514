-- First calls are 1 (x), 4 (y) and 6 (z). x is called again after eight days, y after one, z after eleven.
-- p moves to the South on 1 February.
create table reps (rep_id varchar, region varchar, valid_from date, valid_until date);
insert into reps values ('p', 'North', '2026-01-01', '2026-02-01'), ('p', 'South', '2026-02-01', null), ('q', 'South', '2026-01-01', null);
create table calls (call_id integer, account_id varchar, rep_id varchar, called_on date);
insert into calls values
  (1, 'x', 'p', '2026-01-25'), (2, 'x', 'p', '2026-02-02'), (3, 'x', 'q', '2026-02-20'),
  (4, 'y', 'p', '2026-01-30'), (5, 'y', 'p', '2026-01-31'), (6, 'z', 'q', '2026-02-01'), (7, 'z', 'q', '2026-02-12');
