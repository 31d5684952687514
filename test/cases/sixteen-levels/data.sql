create table rows (id bigint, n bigint);
insert into rows values (1, 1), (2, 2);
