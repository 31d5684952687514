create table visits (visit varchar, customer varchar, region varchar, made_on date);
insert into visits values
  ('1', 'c1', 'north', '2025-12-10'),
  ('2', 'c1', 'north', '2026-01-05'),
  ('3', 'c2', null, '2026-01-20'),
  ('4', null, 'north', '2026-01-25'),
  ('5', 'c1', null, '2026-03-01'),
  ('6', 'c3', 'north', '2026-03-15'),
  ('7', 'c2', null, '2026-03-31'),
  ('8', 'c2', null, '2026-03-31');
