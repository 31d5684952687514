-- Orders are read only where they may follow a lead of the period, 2 to 30 March in Madrid, which is an hour ahead of
-- universal time until 29 March and two hours then. 1: a month after 30 March is 30 April, to the second and by the day.
-- 2: at the same instant. 3: half an hour later; in Madrid that is the day after the period. 4: 48 hours later, over the change of clocks.
-- 5: an hour before, but on the same day. 7: 48 hours later, after the period.
create table leads (lead_id varchar(40), account_id varchar(20), received_at timestamp, received_on date);
insert into leads values
  ('1 a month before the end of April', 'u', '2026-03-30 21:30:00', '2026-03-30'),
  ('2 at the first instant', 'v', '2026-03-01 23:00:00', '2026-03-02'),
  ('3 in the last hour', 'w', '2026-03-30 21:59:00', '2026-03-30'),
  ('4 over the change of clocks', 'x', '2026-03-27 23:30:00', '2026-03-28'),
  ('5 an hour late', 'y', '2026-03-05 10:00:00', '2026-03-05'),
  ('6 after the period', 'v', '2026-03-30 22:00:00', '2026-03-31'),
  ('7 on the last day', 'z', '2026-03-30 21:00:00', '2026-03-30');
create table orders (order_id varchar(20), account_id varchar(20), ordered_on date, ordered_at timestamp);
insert into orders values
  ('o1', 'u', '2026-04-30', '2026-04-30 21:30:00'),
  ('o2', 'v', '2026-03-02', '2026-03-01 23:00:00'),
  ('o3', 'w', '2026-03-31', '2026-03-30 22:29:00'),
  ('o4', 'x', '2026-03-30', '2026-03-29 23:30:00'),
  ('o5', 'y', '2026-03-05', '2026-03-05 09:00:00'),
  ('o6', 'z', '2026-04-01', '2026-04-01 21:00:00');
create table accounts (account_id varchar(20));
