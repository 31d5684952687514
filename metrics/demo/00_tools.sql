-- What the other files draw on: two fixed days, numbers that look like chance, and how they become days and amounts.
-- Draws are whole-number arithmetic on the number of a row; everything after them is + - * on values that every machine
-- rounds alike. Logarithms and powers may differ in the last digit from one machine to the next, and are not used.

create temp macro first_day() as date '2024-01-01';
create temp macro final_day() as date '2026-10-31';
create temp macro final_moment() as timestamp '2026-10-31 23:00:00';  -- midnight in Madrid; all timestamps are in universal time

-- A number from 0 up to 1 for row `i`. Every use has a salt of its own: two uses with one salt would move together.
create temp macro draw(i, salt) as
  xor(i::bigint * 2654435761 + salt * 4005511939, (i::bigint * 1597334677 + salt * 3812015801) >> 13) % 4294967291
    * 1566083941 % 4294967279 / 4294967279.0;

create temp macro pick(i, salt, options) as options[1 + floor(draw(i, salt) * len(options))::int];

-- Around 1, with a long tail to the right, as amounts and durations have.
create temp macro skewed(i, salt) as
  (0.45 + 1.1 * draw(i, salt)) * (0.45 + 1.1 * draw(i, salt + 1))
  * (0.7 + draw(i, salt + 2) * draw(i, salt + 2) * draw(i, salt + 2) * 1.2);

-- Saturdays and Sundays become Mondays.
create temp macro workday(d) as d + (case isodow(d) when 6 then 2 when 7 then 1 else 0 end)::int;

create temp macro days_after(d, n) as d + floor(n)::int;
create temp macro seconds_after(t, n) as t::timestamp + to_seconds(floor(n)::bigint);

-- A day as it has come by the last one, else null: the warehouse knows nothing of the future.
create temp macro by_now(d) as case when d <= final_day() then d end;
create temp macro by_now_at(t) as case when t < final_moment() then t end;
