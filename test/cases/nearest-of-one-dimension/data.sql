-- Lead 1 came from the web, and became a deal that partners claim; the dimension is its own source.
create table deals as select * from (values (10, 'partner'), (11, 'web')) as t(deal_id, source);
create table leads as select * from (values (1, 'web', 10), (2, 'web', null), (3, 'fair', 11)) as t(lead_id, source, deal_id);
