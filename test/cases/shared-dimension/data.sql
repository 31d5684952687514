create table employees (employee_id bigint, name varchar, boss_id bigint);
insert into employees values (1, 'Ann', null), (2, 'Bob', 1), (3, 'Cid', 1), (4, 'Bob', 2);
create table orders (order_id bigint, employee_id bigint, channel varchar);
insert into orders values (1, 2, 'web'), (2, 4, 'web'), (3, 3, 'fair');
create table order_lines (order_id bigint, line bigint, quantity bigint);
insert into order_lines values (1, 1, 5), (1, 2, 6), (2, 1, 7), (3, 1, 1), (8, 1, 100);
create table leads (lead_id bigint, origin varchar, owner_id bigint);
insert into leads values (1, 'fair', 1), (2, 'phone', 2), (3, null, null);
