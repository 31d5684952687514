-- The keys of joins are computed from what other joins find, and all of that stands behind one more.
create table accounts (account_id varchar, owner_code varchar, backup_id varchar);
insert into accounts values ('x', 'R1', 'r2'), ('y', 'R2', null);
create table reps (rep_id varchar, region varchar);
insert into reps values ('r1', 'north'), ('r2', 'south');
create table deals (deal_id bigint, account_id varchar);
insert into deals values (1, 'x'), (2, 'y'), (3, 'z');
create table calls (call_id bigint, deal_id bigint);
insert into calls values (1, 1), (2, 1), (3, 2), (4, 3), (5, null);
