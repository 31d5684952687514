create table orders (id integer, kind varchar, day date, amount integer);
insert into orders values
  (1, 'x', '2025-01-10', 8), (2, 'y', '2025-01-11', 5), (3, 'x', '2025-02-10', 4), (4, 'x', '2025-03-31', 16), (5, 'x', '2025-04-02', 32),
  (6, 'x', '2026-01-10', 64), (7, 'y', '2026-03-10', 128), (8, 'y', '2026-05-10', 256);
