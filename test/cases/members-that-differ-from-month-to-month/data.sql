-- Of two things that are said of members one differs from month to month.
create table reps (rep_id varchar, region varchar, hired_on date);
insert into reps values ('r1', 'north', '2025-12-31'), ('r2', 'south', '2026-01-31');
create table deals (deal_id bigint, rep_id varchar, amount bigint, closed_on date);
insert into deals values (1, 'r1', 5, '2026-01-10'), (2, 'r2', 7, '2026-02-10');
