create table deals (deal varchar, rep_id varchar, amount integer, closed_on date);
insert into deals values ('a', 'r1', 10, '2026-01-10'), ('b', 'r1', 19, '2026-02-15'), ('c', 'r2', 80, '2026-03-02'), ('d', 'r2', 25, '2026-02-02');
create table reps (rep_id varchar, region varchar);
insert into reps values ('r1', 'north'), ('r2', 'south');
