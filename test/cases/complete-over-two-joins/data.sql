create table reps (rep_id varchar, region varchar);
insert into reps values ('r1', 'north'), ('r2', 'south');
create table deals (deal_id bigint, rep_id varchar);
insert into deals values (1, 'r1');
create table calls (call_id bigint, deal_id bigint);
insert into calls values (1, 1), (2, 1);
