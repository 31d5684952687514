create table deals (deal_id bigint, area varchar, amount bigint);
insert into deals values (1, 'north', 10), (2, 'north', 20), (3, 'south', 5);
