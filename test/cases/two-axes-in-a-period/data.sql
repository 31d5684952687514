create table deals (deal varchar, region varchar, amount decimal(10, 2), created_on date, closed_on date);
insert into deals values
  ('a', 'north', 1, '2025-12-31', '2026-01-01'),
  ('b', 'north', 2, '2026-01-15', '2026-03-31'),
  ('c', 'south', 4, '2026-03-31', '2026-04-01'),
  ('d', null, 8, '2026-02-01', null),
  ('e', 'west', 16, '2025-11-01', '2025-12-31');
