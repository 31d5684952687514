-- The last ten days of months begin on January 22, February 19 and March 22.
create table visits (visit bigint, customer varchar, made_on date);
insert into visits values
  (1, 'a', '2026-01-21'), (2, 'b', '2026-01-22'), (3, 'b', '2026-01-31'), (4, 'c', '2026-02-18'), (5, 'a', '2026-02-19'),
  (6, 'd', '2026-03-21'), (7, 'a', '2026-03-22'), (8, 'c', '2026-03-31'), (9, 'e', '2026-04-01');
