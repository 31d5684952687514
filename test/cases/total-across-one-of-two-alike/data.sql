-- Of deals the two dimensions are one, of calls they are not: who has made a call stays.
create table reps (rep_id varchar);
insert into reps values ('r1'), ('r2');
create table deals (deal_id bigint, rep_id varchar);
insert into deals values (1, 'r1');
create table calls (call_id bigint, rep_id varchar, caller_id varchar);
insert into calls values (1, 'r1', 'r2'), (2, 'r2', 'r2');
