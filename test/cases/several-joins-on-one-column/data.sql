-- A second join on the column changes nothing: the region follows from the rep, members are those that the condition leaves, and deals are counted once.
create table reps (rep varchar, region varchar, valid_from date, valid_until date);
insert into reps values ('p', 'North', '2026-01-01', null), ('q', 'North', '2026-01-01', null), ('r', 'South', '2026-01-01', null);
create table deals (deal_id varchar, rep varchar, amount integer, created_on date, closed_on date);
insert into deals values ('a', 'p', 1, '2026-01-05', '2026-01-05'), ('b', 'q', 2, '2026-01-05', '2026-02-05'), ('c', 'r', 4, '2026-01-05', '2026-02-05');
