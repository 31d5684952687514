-- p moves on 2 February, a day after it is stored. By the day of the call; of opening (x 10 January, y 2 February); of the call before;
-- and the rep of the call before, on the day of this one.
create table currencies (id integer, iso varchar);
insert into currencies values (1, 'usd'), (2, 'gbp');
create table fx (currency_id integer, to_code varchar, rate_date date, rate decimal(10, 4));
insert into fx values (1, 'EUR', '2026-01-01', 0.25), (2, 'EUR', '2026-01-01', 1.04);
create table reps (rep_id varchar, region varchar, valid_from date, valid_until date);
insert into reps values ('p', 'North', '2026-01-01', '2026-02-01'), ('p', 'South', '2026-02-01', null);
create table accounts (account_id varchar, rep_id varchar, opened_on date);
insert into accounts values ('x', 'p', '2026-01-10'), ('y', 'p', '2026-02-02');
create table calls (call_id integer, account_id varchar, rep_id varchar, topic varchar, called_on date, price decimal(10, 2), code varchar);
insert into calls values
  (1, 'x', 'p', 'a', '2026-01-15', 100, 'USD'), (2, 'x', 'p', 'b', '2026-02-15', 10, 'GBP'), (3, 'x', 'p', 'c', '2026-03-15', 1, 'EUR'),
  (4, 'y', 'p', 'a', '2026-02-02', 7, 'EUR'), (5, 'y', 'p', 'b', '2026-02-01', 3, 'EUR');
