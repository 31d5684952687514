create table orders (id integer, kind varchar, amount integer);
insert into orders values (1, 'a', 6), (2, 'a', 4), (3, 'b', 20), (4, 'c', 20), (5, 'd', 5);
