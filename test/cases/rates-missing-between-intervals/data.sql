-- Francs have no rate: that deal lies between the last days of January and those of February.
create table fx (from_currency varchar, to_currency varchar, rate_date date, rate decimal(18, 8));
insert into fx values ('USD', 'EUR', '2026-01-01', 0.5);
create table deals (deal_id varchar, amount decimal(18, 2), code varchar, closed_on date);
insert into deals values
  ('a', 100, 'USD', '2026-01-25'), ('b', 30, 'CHF', '2026-02-10'), ('c', 20, 'EUR', '2026-02-20'), ('d', 40, 'USD', '2026-03-31');
