-- Two timestamps are compared as instants. 1: A a quarter of an hour later. 3: B after a week and not a minute more. 4: C after a month to the second.
-- 7: G is a second too early. 8: D is a month after 31 January 10:00, which is 28 February 10:00.
-- By days: 4 until 28 March, and C is of the 31st; 8 until 28 February; 7 on its own day.
-- Madrid is an hour ahead: lead 2 came at half past midnight on 1 February.
create table leads (lead_id varchar, account_id varchar, source varchar, received_at timestamp, received_on date);
insert into leads values
  ('1', 'x', 'web', '2026-01-31 22:30:00', '2026-01-31'),
  ('2', 'x', 'web', '2026-01-31 23:30:00', '2026-02-01'),
  ('3', 'y', 'fair', '2026-02-10 09:00:00', '2026-02-10'),
  ('4', 'y', 'web', '2026-02-28 12:00:00', '2026-02-28'),
  ('5', 'z', 'web', null, null),
  ('6', null, 'web', '2026-02-01 00:00:00', '2026-02-01'),
  ('7', 'w', 'fair', '2026-03-05 10:00:00', '2026-03-05'),
  ('8', 'z', 'fair', '2026-01-31 10:00:00', '2026-01-31');
create table orders (order_id varchar, account_id varchar, kind varchar, ordered_on date, ordered_at timestamp);
insert into orders values
  ('A', 'x', 'new', '2026-01-31', '2026-01-31 22:45:00'),
  ('B', 'y', 'new', '2026-02-17', '2026-02-17 09:00:00'),
  ('C', 'y', 'more', '2026-03-31', '2026-03-28 12:00:00'),
  ('D', 'z', 'more', '2026-02-28', '2026-02-28 10:00:00'),
  ('E', null, 'new', '2026-03-01', '2026-03-01 00:00:00'),
  ('F', 'w', 'new', null, null),
  ('G', 'w', 'more', '2026-03-05', '2026-03-05 09:59:59');
create table accounts (account_id varchar, region varchar);
insert into accounts values ('x', 'North'), ('y', 'South'), ('z', 'South'), ('v', 'North'), ('w', null);
