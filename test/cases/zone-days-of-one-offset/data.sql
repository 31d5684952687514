-- More days than are told apart by their bounds, all an hour before universal time.
create table calls (call_id bigint, called_at timestamp);
insert into calls values
  (1, '2025-12-31 22:59:59'), (2, '2025-12-31 23:00:00'), (3, '2026-01-15 23:30:00'), (4, '2026-01-16 00:30:00'),
  (5, '2026-01-31 22:59:59'), (6, '2026-01-31 23:00:00');
