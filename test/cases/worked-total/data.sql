create table deals (deal varchar, state varchar, amount decimal(10, 2), created_on date, closed_on date);
insert into deals values
  ('a', 'won', 100, '2026-01-10', '2026-02-03'),
  ('b', 'lost', null, '2026-01-15', '2026-02-10'),
  ('c', 'open', 50, '2026-01-20', null),
  ('d', 'won', 30, '2026-03-01', '2026-03-02');
