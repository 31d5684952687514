create table leads (id integer, source varchar, is_won boolean, day date);
insert into leads values
  (1, 'web', true, '2026-01-05'), (2, 'web', false, '2026-02-05'), (3, 'fair', true, '2026-02-06'), (4, 'fair', false, '2026-03-01'),
  (5, 'web', true, '2025-01-05'), (6, 'web', false, '2025-02-05'), (7, 'fair', false, '2025-03-06'), (8, 'fair', false, '2025-03-07'),
  (9, 'fair', false, '2025-03-07');
