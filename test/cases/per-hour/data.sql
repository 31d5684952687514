create table calls (call_id bigint, rep varchar, called_at timestamp);
-- The night on which the clocks go from two to three: 00:30 and 00:40 are half past one, 01:10 is ten past three.
insert into calls values
  (1, 'p', '2026-03-29 00:30:00'), (2, 'p', '2026-03-29 00:40:00'), (3, 'q', '2026-03-29 01:10:00'),
  (4, 'q', '2026-03-30 01:10:00'), (5, 'q', null);
