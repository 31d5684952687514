create table deals (deal_id bigint, amount bigint, closed_on date);
insert into deals values (1, 5, '2026-01-10'), (2, 10, '2026-01-11'), (3, 20, '2026-02-10');
