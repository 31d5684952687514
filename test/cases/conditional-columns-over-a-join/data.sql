-- Deals 3 and 4 find no rep, and 5 finds one of whom nothing is known: a condition makes something of nulls only there.
create table reps (rep_id varchar, name varchar, region varchar);
insert into reps values ('r1', 'Ann', 'north'), ('r2', 'Bob', 'south'), ('r4', null, null);
create table deals (deal_id bigint, rep_id varchar);
insert into deals values (1, 'r1'), (2, 'r2'), (3, 'r9'), (4, null), (5, 'r4');
