create schema crm;
create table crm.teams (team_id varchar, title varchar);
insert into crm.teams values ('t1', 'Red'), ('t2', 'Blue');
create table crm.users (user_id varchar, team_id varchar, manager_id varchar);
insert into crm.users values ('u1', 't1', 'u3'), ('u2', 't1', 'u3'), ('u3', 't2', null);
create table crm.deals (deal_id bigint, owner_id varchar, amount decimal(10, 2), closed_on date);
insert into crm.deals values
  (1, 'u1', 60, '2026-01-05'), (2, 'u2', 30, '2026-01-06'), (3, 'u3', 35, '2026-01-07'), (4, 'u1', 9, '2026-02-01');
