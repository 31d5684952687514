-- Signed at half past midnight of 31 January in Madrid (a), and an hour before that (b). Two dollars for a euro from March on; in dollars, dollars are dollars.
-- Dollars: 0.9 from 1 January, 0.8 from 31 January, 0.5 from 15 February; the rate of 20 March is not known, so that of before holds. A rate of EUR in
-- EUR is never read. For francs there is none until April, and nothing to convert.
create table fx (from_currency varchar, to_currency varchar, rate_date date, rate decimal(18, 8));
insert into fx values
  ('USD', 'EUR', '2026-01-01', 0.9), ('USD', 'EUR', '2026-01-31', 0.8), ('USD', 'EUR', '2026-02-15', 0.5), ('USD', 'EUR', '2026-03-20', null),
  ('GBP', 'EUR', '2026-02-01', 1.25), ('EUR', 'USD', '2026-01-01', 1.1), ('EUR', 'USD', '2026-03-01', 2), ('GBP', 'USD', '2026-02-01', 1.5),
  ('EUR', 'EUR', '2026-01-01', 7), ('CHF', 'EUR', '2026-04-01', 1);
create table reps (rep_id varchar, region varchar, valid_from date, valid_until date);
insert into reps values ('r1', 'North', '2026-01-01', '2026-02-01'), ('r1', 'South', '2026-02-01', null), ('r2', 'South', '2026-01-01', null);
create table deals (deal_id varchar, rep_id varchar, amount decimal(18, 2), code varchar, fee integer, cost decimal(10, 2), created_on date, closed_on date, signed_at timestamp);
insert into deals values
  ('a', 'r1', 100, 'USD', 10, 1, '2026-01-02', '2026-01-15', '2026-01-30 23:30:00'),
  ('b', 'r1', 100, 'USD', 10, 1, '2026-01-02', '2026-01-31', '2026-01-30 22:30:00'),
  ('c', 'r2', 100, 'USD', 10, 1, '2026-01-02', '2026-02-14', '2026-02-14 12:00:00'),
  ('d', 'r2', 100, 'GBP', 10, 1, '2026-02-02', '2026-02-20', '2026-02-20 12:00:00'),
  ('e', 'r2', 100, 'EUR', 10, 1, '2026-02-02', '2026-02-20', '2026-02-20 12:00:00'),
  ('f', 'r1', null, 'CHF', 10, 1, '2026-02-02', '2026-03-01', '2026-03-01 12:00:00'),
  ('g', 'r1', null, null, null, null, '2026-02-02', null, null),
  ('h', 'r3', 100, 'USD', 10, 1, '2026-03-02', '2026-03-31', '2026-03-31 12:00:00');
create table lines (line_id varchar, deal_id varchar, part decimal(10, 4));
insert into lines values ('1', 'a', 0.5), ('2', 'd', 0.25), ('3', null, 1), ('4', 'f', 1);
