-- Ages on the last day of the month that is read: January 1 (11 days), 7 (0); February 2, 4 (18), 5 (3); March 3 (11), 6 (26).
-- Followed within 30 days: 1 by 2 after 21, 4 by 5 after 15, 5 by 6 after 8; 2 by 3 only after 38.
create table fx (from_currency varchar, to_currency varchar, rate_date date, rate decimal(18, 8));
insert into fx values ('USD', 'EUR', '2025-12-01', 0.5), ('USD', 'EUR', '2026-02-10', 0.25);
create table reps (country varchar, number integer, region varchar, quota decimal(10, 2), code varchar, valid_from date, valid_until date, hired_on date);
insert into reps values
  ('es', 1, 'North', 100, 'EUR', '2025-12-15', '2026-02-05', '2025-12-15'),
  ('es', 1, 'South', 200, 'USD', '2026-02-05', null, '2025-12-15'),
  ('es', 2, 'South', 400, 'USD', '2026-01-10', '2026-03-10', '2026-01-10'),
  ('fr', 1, 'North', 800, 'EUR', '2026-02-01', '2026-02-20', '2026-02-03'),
  ('fr', 1, 'North', 900, 'EUR', '2026-03-01', null, '2026-02-03');
create table leads (lead_id integer, country varchar, rep_number integer, account_id varchar, value decimal(10, 2), code varchar, received_on date);
insert into leads values
  (1, 'es', 1, 'x', 10, 'EUR', '2026-01-20'), (2, 'es', 1, 'x', 20, 'USD', '2026-02-10'), (3, 'es', 2, 'x', 40, 'EUR', '2026-03-20'),
  (4, 'fr', 1, 'y', 80, 'EUR', '2026-02-10'), (5, 'fr', 1, 'y', 160, 'USD', '2026-02-25'), (6, 'fr', 1, 'y', 320, 'EUR', '2026-03-05'),
  (7, 'es', null, 'z', 640, 'EUR', '2026-01-31'), (8, null, 1, 'z', 1280, 'EUR', null);
create table parts (part_id integer, lead_id integer, amount integer);
insert into parts values (1, 1, 1), (2, 2, 2), (3, 5, 4), (4, 8, 8), (5, null, 16);
