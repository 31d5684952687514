create table deals (deal text, product text, region text, amount decimal(12,2));
insert into deals values ('d1', 'a', 'north', 100), ('d2', 'a', 'south', 60), ('d3', 'b', 'north', 40);
create table campaigns (campaign text, area text, cost decimal(12,2));
insert into campaigns values ('c1', 'north', 20), ('c2', 'north', 30), ('c3', 'south', 30), ('c4', 'west', 20);
