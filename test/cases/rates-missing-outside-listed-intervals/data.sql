-- Francs have no rate: that deal lies before the first interval that is read.
create table fx (from_currency varchar, to_currency varchar, rate_date date, rate decimal(18, 8));
insert into fx values ('USD', 'EUR', '2026-01-01', 0.5);
create table deals (deal_id varchar, amount decimal(18, 2), code varchar, minutes bigint, closed_on date);
insert into deals values
  ('a', 100, 'CHF', 9, '2026-01-25'), ('b', 30, 'USD', 3, '2026-02-10'), ('c', 20, 'EUR', 5, '2026-02-20'), ('d', 4, 'USD', 7, '2026-02-28'),
  ('e', 40, 'USD', 1, '2026-03-31');
