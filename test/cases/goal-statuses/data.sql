create table tickets (id integer, team varchar, day date, late integer, score double precision);
insert into tickets values
  (1, 'a', '2026-02-03', 10, 4), (2, 'b', '2026-02-03', 12, 2), (3, 'c', '2026-02-03', 13, null), (4, 'd', '2026-02-03', 0, 4.6),
  (5, 'a', '2026-03-03', 10, 3), (6, 'b', '2026-03-03', 12, 5), (7, 'c', '2026-03-03', 13, 4.5), (8, 'd', '2026-03-03', 0, null);
