create table entries (id bigint, amount decimal(18, 4), views bigint, ratio double precision);
insert into entries values
  (1, 0.1, 9007199254740993, 'nan'), (2, 0.2, 9223372036854775807, 1), (3, 12345678901234.5678, 1, null), (4, 0.0001, null, 2);
