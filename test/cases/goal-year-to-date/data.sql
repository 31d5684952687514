create table deals (deal varchar, stage varchar, amount decimal(10, 2), closed_on date);
insert into deals values
  ('a', 'won', 310, '2025-12-20'),
  ('b', 'won', 400, '2026-01-31'),
  ('c', 'lost', 500, '2026-02-10'),
  ('d', 'won', 92.50, '2026-03-02'),
  ('e', 'won', 50, '2026-03-10');
