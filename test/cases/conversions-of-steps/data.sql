-- u: the a of 10:00 has its b at once, that of 12:00 only by the day; the first a is followed by the second. t: an hour later to the minute.
-- s has no a, and no group. The a of r has no time.
create table steps (run integer, number integer, user_id varchar, step varchar, done_at timestamp, done_on date);
insert into steps values
  (1, 1, 'u', 'a', '2026-03-01 10:00', '2026-03-01'),
  (1, 2, 'u', 'b', '2026-03-01 10:00', '2026-03-01'),
  (1, 3, 'u', 'a', '2026-03-01 12:00', '2026-03-01'),
  (2, 1, 't', 'a', '2026-03-02 10:00', '2026-03-02'),
  (2, 2, 't', 'b', '2026-03-02 11:00', '2026-03-02'),
  (2, 3, 't', 'b', '2026-03-02 09:00', '2026-03-02'),
  (3, 1, 's', 'b', '2026-03-03 10:00', '2026-03-03'),
  (4, 1, null, 'a', '2026-03-04 10:00', '2026-03-04'),
  (4, 2, null, 'b', '2026-03-04 10:00', '2026-03-04'),
  (5, 1, 'r', 'a', null, null),
  (5, 2, 'r', 'b', '2026-03-05 10:00', '2026-03-05');
