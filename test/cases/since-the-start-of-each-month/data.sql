create table deals (deal_id bigint, created_on date, closed_on date);
insert into deals values
  (1, '2026-01-05', '2026-01-20'), (2, '2026-01-20', '2026-02-03'), (3, '2026-02-01', '2026-02-28'), (4, '2026-02-28', '2026-03-31');
