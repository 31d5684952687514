// Conversions: tickets, and those that are followed by a deal of the same account. Each way by hand is a query of the
// tickets with whether they converted, which is then counted; deals that come too early or too late for any ticket of
// the interval are not even read.

const ticketsFrom = (from, until) => `
  select id, account_id, opened_at::date as day from tickets
  where opened_at >= timestamp '${from}' and opened_at < timestamp '${until}'`;
const dealsFrom = (from, until) => `
  select account_id, created_date as made from opportunities
  where created_date >= date '${from}' and created_date < date '${until}' + 30`;
const isIn30Days = 'd.account_id = t.account_id and d.made >= t.day and d.made <= t.day + 30';

const nearestDeal = (from, until) => `
  select t.account_id, t.day, d.made <= t.day + 30 as converted
  from (${ticketsFrom(from, until)}) t
  asof left join (${dealsFrom(from, until)}) d on d.account_id = t.account_id and d.made >= t.day`;
const existingDeal = (from, until) => `
  select t.account_id, t.day, exists (select 1 from (${dealsFrom(from, until)}) d where ${isIn30Days}) as converted
  from (${ticketsFrom(from, until)}) t`;
const semiJoinedDeals = (from, until) => `
  select account_id, day, false as converted from (${ticketsFrom(from, until)})
  union all
  select t.account_id, t.day, true
  from (${ticketsFrom(from, until)}) t semi join (${dealsFrom(from, until)}) d on ${isIn30Days}`;
const firstDeal = (from, until) => `
  select any_value(t.account_id) as account_id, any_value(t.day) as day, count(d.made) > 0 as converted
  from (${ticketsFrom(from, until)}) t left join (${dealsFrom(from, until)}) d on ${isIn30Days} group by t.id`;
const nextDeal = (from, until) => `
  select account_id, day, next <= day + 30 as converted
  from (
    select account_id, day, id, min(made) over (
      partition by account_id order by day range between current row and unbounded following
    ) as next
    from (
      select account_id, day, id, null as made from (${ticketsFrom(from, until)})
      union all
      select account_id, made, null, made from (${dealsFrom(from, until)})
    )
  ) where id is not null`;

/** The ways, by name: rows of tickets, and what counts them all where that is not every row. */
const ways = (from, until) => ({
  'the nearest deal': { rows: nearestDeal(from, until) },
  'whether a deal exists': { rows: existingDeal(from, until) },
  'a semi join beside all tickets': {
    rows: semiJoinedDeals(from, until),
    tickets: 'count(*) filter (where not converted)',
  },
  'the first deal of each ticket': { rows: firstDeal(from, until) },
  'a window over tickets and deals': { rows: nextDeal(from, until) },
});
const counted = (keys, { rows, tickets = 'count(*)' }) => `
  select ${keys}, ${tickets} as tickets, count(*) filter (where converted) as converted from (${rows}) group by all`;

const byHand = (all, query) => Object.fromEntries(Object.entries(all).map(([name, way]) => [name, query(way)]));
const months = `(select (date '2023-01-01' + to_months(step::int))::date as month from range(36) as s(step))`;

export const conversions = [
  {
    name: 'tickets, and those followed by a deal in 30 days, by month',
    ask: { metrics: ['tickets_opened', 'tickets_converted'], by: ['month'], period: '2023-01-01..2025-12-31' },
    hand: byHand(
      ways('2023-01-01', '2026-01-01'),
      way => `
        select s.month, coalesce(c.tickets, 0), coalesce(c.converted, 0)
        from ${months} s left join (
          select make_date(y, m, 1) as month, tickets, converted
          from (${counted('year(day) as y, month(day) as m', way)})
        ) c using (month) order by 1`,
    ),
  },
  {
    name: 'tickets of a month, and those followed by a deal in 30 days, by segment',
    ask: { metrics: ['tickets_opened', 'tickets_converted'], by: ['account.segment'], period: '2024-03' },
    hand: byHand(
      ways('2024-03-01', '2024-04-01'),
      way => `
        select a.segment, sum(c.tickets), sum(c.converted)
        from (${counted('account_id', way)}) c left join accounts a on a.id = c.account_id group by 1 order by 1`,
    ),
  },
];
