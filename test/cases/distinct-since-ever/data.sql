create table visits (visit bigint, customer varchar, made_on date);
insert into visits values (1, 'a', '2025-12-20'), (2, 'b', '2026-01-10'), (3, 'a', '2026-02-02'), (4, 'c', '2026-03-31'), (5, 'd', '2026-04-01');
