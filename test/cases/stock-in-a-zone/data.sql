create table tickets (ticket varchar, size integer, opened_at timestamp, closed_at timestamp);
insert into tickets values
  ('1', 10, '2026-01-31 22:59:59', null),
  ('2', 20, '2026-01-31 23:00:00', '2026-02-28 22:59:59'),
  ('3', 30, '2026-02-10 12:00:00', '2026-02-28 23:00:00'),
  ('4', 40, null, null),
  ('5', 50, '2026-03-31 21:59:59', '2026-03-31 22:00:00'),
  ('6', 60, '2026-03-31 22:00:00', null);
