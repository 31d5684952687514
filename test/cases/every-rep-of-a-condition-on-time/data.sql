-- r1 and r2 are hired in May, r3 in the month that is asked; r2 and r3 have no deal.
create table reps (rep_id varchar, hired_on date);
insert into reps values ('r1', '2025-05-01'), ('r2', '2025-05-31'), ('r3', '2026-03-05'), ('r4', '2025-06-01');
create table deals (deal_id bigint, rep_id varchar, closed_on date);
insert into deals values (1, 'r1', '2026-03-01'), (2, 'r1', '2026-03-02'), (3, 'r1', '2026-03-03'), (4, 'r4', '2026-03-04');
