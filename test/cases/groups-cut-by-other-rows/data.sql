-- Of all deals r1 has 3 and r2 has 2; of those on the web r1 has 2, and r2 has only 1.
create table deals (deal_id bigint, rep varchar, channel varchar, stage varchar, amount decimal(10, 2), closed_on date);
insert into deals values
  (1, 'r1', 'web', 'won', 100, '2026-01-05'), (2, 'r1', 'web', 'lost', 40, '2026-01-06'), (3, 'r1', 'shop', 'won', 10, '2026-01-07'),
  (4, 'r2', 'web', 'won', 60, '2026-01-08'), (5, 'r2', 'shop', 'lost', 20, '2026-01-09'), (6, 'r3', 'shop', 'won', 5, '2026-01-10');
