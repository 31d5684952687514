create table raw (deal_id bigint, amount bigint, is_test boolean);
insert into raw values (1, 10, false), (2, 20, true), (3, 5, false);
