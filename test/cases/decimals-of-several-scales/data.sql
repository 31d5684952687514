-- Order 1 has only the fine amount, order 2 only the rough one, order 3 both; all are as wide as sums are.
create table orders as
select * from (
  values (1, null::decimal(38, 1), -250.755::decimal(38, 3)), (2, 0.5, null), (3, 7.5, 7.495)
) as t(order_id, rough, fine);
