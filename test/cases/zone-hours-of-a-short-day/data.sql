-- The clocks go forward at 2: the day has 23 hours, all of which are shown.
create table calls (call_id bigint, called_at timestamp);
insert into calls values
  (1, '2026-03-28 22:59:59'), (2, '2026-03-29 00:30:00'), (3, '2026-03-29 21:00:00'), (4, '2026-03-29 21:59:59'), (5, '2026-03-29 22:00:00');
