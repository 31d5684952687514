create schema crm;
create table crm.users (user_id varchar, job varchar, hired_on date, gone_on date);
insert into crm.users values
  ('u1', 'seller', '2020-01-01', null), ('u2', 'seller', '2020-01-01', '2026-02-10'), ('u3', 'seller', '2026-02-01', null),
  ('u4', 'nurse', '2020-01-01', null);
create table crm.deals (deal_id bigint, owner_id varchar, amount decimal(10, 2), closed_on date);
insert into crm.deals values
  (1, 'u1', 60, '2026-01-05'), (2, 'u1', 30, '2026-03-06'), (3, 'u2', 35, '2026-01-07'), (4, 'u4', 9, '2026-02-01');
