-- Who owned an account when it was opened is the same for the account as a member as for its orders: x ana, y nobody.
-- z has no order in February, and is a member all the same.
-- Madrid is an hour ahead, from 29 March on two: its February ends at 23:00 on the 28th, its March at 22:00 on the 31st.
create table prices (product varchar, tier varchar, price decimal(10, 2), starts_at timestamp, ends_at timestamp);
insert into prices values
  ('p', 'basic', 1, '2026-01-01 00:00', '2026-02-10 12:00'),
  ('p', 'gold', 10, '2026-02-10 12:00', null),
  ('q', 'basic', 100, '2026-01-31 23:00', '2026-03-31 22:00');
create table owners (account_id varchar, owner varchar, from_day date, until_day date);
insert into owners values
  ('x', 'ana', '2026-01-01', '2026-02-10'), ('x', 'ben', '2026-02-10', null), ('y', 'cleo', '2026-03-01', null);
create table accounts (account_id varchar, opened_on date);
insert into accounts values ('x', '2026-01-15'), ('y', '2026-02-15'), ('z', null);
create table orders (order_id varchar, product varchar, account_id varchar, placed_at timestamp, shipped_on date, paid_at timestamp, quantity integer);
insert into orders values
  ('1', 'p', 'x', '2026-02-10 11:59:59', '2026-02-10', '2026-02-10 12:00:00', 1),
  ('2', 'p', 'x', '2026-02-10 12:00:00', '2026-02-09', '2026-02-10 11:59:59', 2),
  ('3', 'p', 'y', '2026-02-09 23:30:00', '2026-03-01', null, 4),
  ('4', 'q', 'y', '2026-02-28 23:30:00', '2026-02-01', '2026-03-05 10:00:00', 8),
  ('5', 'q', 'z', '2026-01-31 22:59:59', '2026-01-31', '2026-02-01 00:00:00', 16),
  ('6', 'q', null, '2026-03-31 21:59:59', null, null, 32),
  ('7', 'q', 'z', null, '2026-03-31', '2026-03-31 22:00:00', 64);
