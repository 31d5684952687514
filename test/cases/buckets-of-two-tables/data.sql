-- Buckets that differ from table to table have no order but that of their text.
create table deals (deal_id bigint, amount bigint);
insert into deals values (1, 10), (2, 60), (3, 200);
create table calls (call_id bigint, minutes bigint);
insert into calls values (1, 3), (2, 50), (3, 100);
