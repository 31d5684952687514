create table deals (id bigint, rep varchar, is_won boolean, amount bigint);
-- By amount b is first, a second and c third. Nobody has won a deal of b or c, so that a alone has a group of won deals.
insert into deals values (1, 'a', true, 10), (2, 'b', false, 100), (3, 'c', false, 1);
