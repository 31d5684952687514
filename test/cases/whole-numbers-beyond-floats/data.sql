-- 2^53 + 1 is the first whole number that no float holds.
create table counters (id bigint, reading bigint);
insert into counters values (1, 9007199254740993), (2, 9007199254740995), (3, 1), (4, null);
