create table rows (id bigint, region varchar, n bigint);
insert into rows values (1, 'north', 1), (2, 'south', 2), (3, null, 5), (4, 'south', 1);
