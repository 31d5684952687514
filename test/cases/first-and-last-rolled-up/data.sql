-- r3's calls are of one day: the key decides.
create table reps (rep_id varchar);
insert into reps values ('r1'), ('r2'), ('r3');
create table calls (call_id bigint, rep_id varchar, kind varchar, minutes bigint, called_on date);
insert into calls values
  (4, 'r3', 'chat', 5, '2026-02-01'), (2, 'r1', 'chat', 10, '2026-01-09'), (1, 'r1', 'demo', 30, '2026-01-03'), (3, 'r3', 'demo', 20, '2026-02-01');
