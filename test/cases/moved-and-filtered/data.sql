-- r2 has lost a deal in January, which nothing of February counts: it is not shown.
create table deals (deal_id bigint, rep varchar, channel varchar, stage varchar, amount decimal(10, 2), closed_on date);
insert into deals values
  (1, 'r1', 'web', 'won', 1, '2026-01-05'), (2, 'r1', 'web', 'lost', 1, '2026-02-06'), (3, 'r2', 'web', 'lost', 1, '2026-01-07'),
  (4, 'r3', 'web', 'won', 1, '2026-01-08');
