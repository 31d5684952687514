-- March ended yesterday: nothing of it is still to come, and the whole of February is compared, without March 1.
create table deals (deal_id bigint, amount bigint, closed_on date);
insert into deals values (1, 1, '2026-01-31'), (2, 10, '2026-02-01'), (3, 20, '2026-02-28'), (4, 100, '2026-03-01'), (5, 300, '2026-03-31'), (6, 1000, '2026-04-01');
