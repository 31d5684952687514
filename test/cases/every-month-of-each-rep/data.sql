-- r2 has two channels, each of which has three months.
create table deals (deal_id bigint, rep varchar, channel varchar, stage varchar, amount decimal(10, 2), closed_on date);
insert into deals values
  (1, 'r1', 'web', 'won', 30, '2026-02-05'), (2, 'r2', 'web', 'won', 3, '2026-01-06'), (3, 'r2', 'shop', 'won', 6, '2026-03-07');
