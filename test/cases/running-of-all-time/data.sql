create table deals (id bigint, closed_on date, touched_on date);
-- January's latest is the 20th of March, February's the 2nd of February; what was never closed lies in no month.
insert into deals values (1, '2026-01-05', '2026-03-20'), (2, '2026-01-09', '2026-01-10'), (3, '2026-02-01', '2026-02-02'), (4, null, '2025-01-01');
