-- Sundays: 15 February r1, r2, r3; 22 February r1, r3; 1 March r1 (r3 is valid until the day before); 8 March r1; 15 March r1, r2.
-- r1 moves on 15 February; r2 is nowhere from 20 February to 9 March; r3 leaves on 1 March; the version of r4 has no beginning.
create table reps (rep_id varchar, region varchar, salary decimal(10, 2), manager_id varchar, hired_on date, left_on date, valid_from date, valid_until date);
insert into reps values
  ('r1', 'North', 100, null, '2026-01-01', null, '2026-01-01', '2026-02-15'),
  ('r1', 'South', 120, 'r3', '2026-01-01', null, '2026-02-15', null),
  ('r2', 'South', 200, 'r1', '2026-01-10', '2026-03-20', '2026-01-10', '2026-02-20'),
  ('r2', 'East', 220, 'r1', '2026-01-10', '2026-03-20', '2026-03-10', null),
  ('r3', 'North', 400, null, '2025-06-01', '2026-02-10', '2025-06-01', '2026-03-01'),
  ('r4', 'North', 800, null, '2026-02-01', null, null, null);
create table deals (deal_id varchar, rep_id varchar, amount decimal(10, 2), created_on date, closed_on date);
insert into deals values
  ('a', 'r1', 1, '2026-01-05', '2026-02-14'),   -- the last day of r1 in the North
  ('b', 'r1', 2, '2026-01-05', '2026-02-15'),   -- the first in the South
  ('c', 'r2', 4, '2026-01-09', '2026-03-01'),   -- created before there was an r2, closed while he was nowhere
  ('d', 'r2', 8, '2026-01-10', '2026-03-10'),   -- created and closed on first days
  ('e', 'r3', 16, '2026-02-28', '2026-03-01'),  -- created on the last day of r3, closed a day later
  ('f', 'r3', 32, '2026-02-28', null),
  ('g', 'r4', 64, '2026-02-28', '2026-03-05'),  -- a version that never began
  ('h', null, 128, '2026-03-01', '2026-03-31');
