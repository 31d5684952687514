-- In Madrid these are 00:30 and 23:59 of the 10th, 00:00 of the 11th and 23:59:59 of the 9th.
create table calls (call_id bigint, called_at timestamp, due_on date);
insert into calls values
  (1, '2026-01-09 23:30:00', '2026-01-09'), (2, '2026-01-10 22:59:00', '2026-01-10'), (3, '2026-01-10 23:00:00', '2026-01-11'),
  (4, '2026-01-09 22:59:59', '2026-01-11'), (5, null, null);
