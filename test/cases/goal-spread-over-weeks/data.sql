create table calls (id integer, day date);
insert into calls values (1, '2026-02-27'), (2, '2026-03-03');
