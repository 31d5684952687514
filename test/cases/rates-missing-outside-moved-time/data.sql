-- In February b and c are large. In February and March: 50, 150, 200.
-- Dollars have a rate from January on, pounds from February on, francs none. Deals t to z have none for one of their dates: each lies outside
-- of the question, by its period, its condition, the measure's own condition, or the branch that is not taken.
create table fx (from_currency varchar, to_currency varchar, rate_date date, rate decimal(18, 8));
insert into fx values ('USD', 'EUR', '2026-01-01', 0.5), ('GBP', 'EUR', '2026-02-01', 2);
create table reps (rep_id varchar, region varchar);
insert into reps values ('r1', 'North'), ('r2', 'South'), ('r3', 'South');
create table deals (deal_id varchar, rep_id varchar, amount decimal(18, 2), code varchar, closed_on date, created_on date);
insert into deals values
  ('a', 'r1', 100, 'USD', '2026-02-15', '2026-01-02'),
  ('b', 'r1', 300, 'USD', '2026-02-20', '2026-02-02'),
  ('c', 'r2', 100, 'GBP', '2026-02-10', '2026-02-05'),
  ('t', 'r3', null, 'CHF', '2026-02-11', '2026-02-05'),
  ('u', 'r3', 100, 'EUR', null, null),
  ('v', 'r3', 100, null, '2026-03-05', '2026-03-01'),
  ('w', 'r3', 100, 'USD', null, '2026-03-01'),
  ('x', 'r3', 100, 'CHF', '2026-03-10', '2026-02-05'),
  ('y', 'r3', 100, 'GBP', '2026-01-20', '2026-01-10'),
  ('z', 'r3', 100, 'USD', '2026-01-05', '2025-12-30');
