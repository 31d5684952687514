-- Seven times a tenth, which no float is; a thousand billion and three tenths; three that differ; one alone; and a tenth seven times with one that is early in nothing.
create table readings (id bigint, site varchar, level double precision, step bigint);
insert into readings values
  (1, 'same', 0.1, 1), (2, 'same', 0.1, 2), (3, 'same', 0.1, 3), (4, 'same', 0.1, 4), (5, 'same', 0.1, 5), (6, 'same', 0.1, 6), (7, 'same', 0.1, 7), (8, 'same', null, 8),
  (9, 'great', 1000000000000.3, 1), (10, 'great', 1000000000000.3, 2), (11, 'great', 1000000000000.3, 3), (12, 'great', 1000000000000.3, 4), (13, 'great', 1000000000000.3, 5),
  (14, 'rising', 1, 10), (15, 'rising', 2, 20), (16, 'rising', 3, 30), (17, 'rising', null, 99),
  (18, 'alone', 4, 4),
  (19, 'mixed', 0.1, 1), (20, 'mixed', 0.1, 2), (21, 'mixed', 0.1, 3), (22, 'mixed', 0.1, 4), (23, 'mixed', 0.1, 5), (24, 'mixed', 0.1, 6), (25, 'mixed', 0.1, 7), (26, 'mixed', 5, 99);
