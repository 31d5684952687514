-- The south has no deals: its most is nothing, and the choice is made over that.
create table reps (rep_id varchar, region varchar);
insert into reps values ('r1', 'north'), ('r2', 'north'), ('r3', 'south');
create table deals (deal_id bigint, rep_id varchar, amount bigint);
insert into deals values (1, 'r1', 100), (2, 'r2', 7);
