create table deals (deal_id bigint, stage varchar, letters bigint, amount decimal(10, 2), discount decimal(10, 2), closed_on date);
insert into deals values
  (1, 'won', 2, 100, 10, '2026-01-05'), (2, 'lost', 2, 40, 9, '2026-01-20'), (3, 'won', 3, 60, 6, '2026-02-01'),
  (4, 'open', 1, 70, 8, null), (5, 'won', 2, 20, 2, '2026-02-28'), (6, null, 2, null, null, '2026-03-31');
