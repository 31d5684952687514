create table reps (rep_id varchar, region varchar);
insert into reps values ('r1', 'north'), ('r2', 'south');
create table products (product_id varchar);
insert into products values ('p'), ('q');
create table deals (deal_id bigint, rep_id varchar, product_id varchar, amount bigint, closed_on date);
insert into deals values (1, 'r1', 'p', 10, '2026-02-03'), (2, 'r2', 'q', 20, '2026-03-02');
