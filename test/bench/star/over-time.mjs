// Questions about what is moved, accumulated, alive or averaged over groups. As in questions.mjs each has the SQL that an
// expert would write for it, in several ways of which the fastest counts; buckets without rows are shown, as they are in
// the answer (nothing is won in February 2023).

const won = `stage = 'Closed Won'`;
const months36 = `(select (date '2023-01-01' + to_months(step::int))::date as month from range(36) as s(step))`;
const threeYears = '2023-01-01..2025-12-31';

/** Revenue by month from one day to before another, as an expert groups by month: by whole numbers, or by the days first. */
const revenueByMonth = (from, until) => `
  select make_date(year(close_date), month(close_date), 1) as month, sum(amount) as v
  from opportunities where ${won} and close_date >= date '${from}' and close_date < date '${until}'
  group by year(close_date), month(close_date)`;
const revenueByDayThenMonth = (from, until) => `
  select make_date(year(day), month(day), 1) as month, sum(v) as v
  from (
    select close_date as day, sum(amount) as v
    from opportunities where ${won} and close_date >= date '${from}' and close_date < date '${until}' group by 1
  ) group by year(day), month(day)`;

const previousYear = buckets => `
  with b as (${buckets('2023-01-01', '2025-01-01')})
  select s.month,
    coalesce(sum(v) filter (where b.month >= date '2024-01-01'), 0),
    coalesce(sum(v) filter (where b.month < date '2024-01-01'), 0)
  from (select make_date(2024, m::int, 1) as month from range(1, 13) as s(m)) s
  left join b on month(b.month) = month(s.month) group by 1 order by 1`;

const framed = (buckets, from, frame) => `
  with b as (${buckets(from, '2026-01-01')}),
    d as (
      select s.month, coalesce(b.v, 0) as v
      from (
        select (date '${from}' + to_months(step::int))::date as month
        from range(date_diff('month', date '${from}', date '2026-01-01')) as s(step)
      ) s left join b on b.month = s.month
    )
  select month, v, total from (select month, v, sum(v) over (${frame}) as total from d)
  where month >= date '2023-01-01' order by 1`;

/** Months as whole numbers: 0 is the first of the period, and what lies before it counts as that. */
const monthIndex = column => `(year(${column}) - 2022) * 12 + month(${column}) - 1`;
const alive = `close_date is null or close_date >= created_date`;

/** What is born and what dies, by month: summed by the day first where that is told, and by more keys where they are given. */
const events = (moment, keys = [], from = 'opportunities') => {
  const by = keys.map(key => `${key}, `).join('');
  const part = (column, sign, where) => `
    select ${by}${moment(column)} as d, ${sign}sum(amount) as v
    from ${from} where ${column} < date '2026-01-01' and (${where}) group by all`;
  return `${part('created_date', '', alive)} union all ${part('close_date', '-', 'close_date >= created_date')}`;
};
const ofMonths = (keys, from) => `
  select ${keys.map(key => `${key}, `).join('')}d as i, sum(v) as v from (${events(monthIndex, keys, from)}) group by all`;
const ofDays = (keys, from) => `
  select ${keys.map(key => `${key}, `).join('')}${monthIndex('d')} as i, sum(v) as v
  from (${events(column => column, keys, from)}) group by all`;

/** Rows by the months of birth and of death. */
const pairs = (keys, from = 'opportunities') => `
  select ${keys.map(key => `${key}, `).join('')}(cy - 2022) * 12 + cm - 1 as s, coalesce((dy - 2022) * 12 + dm - 1, 48) as t, v
  from (
    select ${keys.map(key => `${key}, `).join('')}year(created_date) as cy, month(created_date) as cm,
      year(close_date) as dy, month(close_date) as dm, sum(amount) as v
    from ${from} group by all
  )`;

const months48 = `range(48) as b(i)`;
const runningByMonth = e => `
  with e as (${e})
  select (date '2022-01-01' + to_months(b.i::int))::date, coalesce(sum(e.v) over (order by b.i), 0)
  from ${months48} left join e on e.i = b.i order by 1`;
const runningByRegion = e => `
  with e as (${e})
  select g.region, (date '2022-01-01' + to_months(b.i::int))::date,
    coalesce(sum(e.v) over (partition by g.region order by b.i), 0)
  from (select distinct region from e) g cross join ${months48}
  left join e on e.region is not distinct from g.region and e.i = b.i order by 1, 2`;
const withRegion = 'opportunities o left join reps r on r.id = o.rep_id';

export const questionsOverTime = [
  {
    name: 'revenue beside the previous year, by month',
    ask: { metrics: ['revenue', 'revenue_last_year'], by: ['month'], period: '2024' },
    hand: {
      'months once, two sums over them': previousYear(revenueByMonth),
      'days, then months, two sums over them': previousYear(revenueByDayThenMonth),
      'one scan with two conditional sums': `
        select s.month, coalesce(b.v, 0), coalesce(b.p, 0)
        from (select make_date(2024, m::int, 1) as month from range(1, 13) as s(m)) s
        left join (
          select month(close_date) as m, sum(amount) filter (where close_date >= date '2024-01-01') as v,
            sum(amount) filter (where close_date < date '2024-01-01') as p
          from opportunities where ${won} and close_date >= date '2023-01-01' and close_date < date '2025-01-01'
          group by 1
        ) b on b.m = month(s.month) order by 1`,
    },
  },
  {
    name: 'revenue and revenue to date, by month',
    ask: { metrics: ['revenue', 'revenue_to_date'], by: ['month'], period: threeYears },
    hand: {
      'a window over months': framed(revenueByMonth, '2023-01-01', 'partition by year(month) order by month'),
      'a window over months from days': framed(
        revenueByDayThenMonth,
        '2023-01-01',
        'partition by year(month) order by month',
      ),
    },
  },
  {
    name: 'revenue and that of 3 months, by month',
    ask: { metrics: ['revenue', 'revenue_3_months'], by: ['month'], period: threeYears },
    hand: {
      'a window over months': framed(revenueByMonth, '2022-11-01', 'order by month rows 2 preceding'),
      'a window over months from days': framed(revenueByDayThenMonth, '2022-11-01', 'order by month rows 2 preceding'),
    },
  },
  {
    name: 'revenue to date by region and month',
    ask: { metrics: ['revenue', 'revenue_to_date'], by: ['rep.region', 'month'], period: threeYears },
    hand: {
      'a window over months': `
        with b as (
            select r.region, make_date(year(close_date), month(close_date), 1) as month, sum(amount) as v
            from opportunities o left join reps r on r.id = o.rep_id
            where ${won} and close_date >= date '2023-01-01' and close_date < date '2026-01-01'
            group by 1, year(close_date), month(close_date)
          ),
          d as (
            select g.region, s.month, coalesce(b.v, 0) as v
            from (select distinct region from b) g cross join ${months36} s
            left join b on b.region is not distinct from g.region and b.month = s.month
          )
        select region, month, v, sum(v) over (partition by region, year(month) order by month) from d order by 1, 2`,
    },
  },
  {
    name: 'open pipeline by month',
    ask: { metrics: ['pipeline'], by: ['month'], period: '2022-01-01..2025-12-31' },
    hand: {
      'births and deaths by month, a running sum': runningByMonth(ofMonths([])),
      'births and deaths by day, a running sum of months': runningByMonth(ofDays([])),
      'months of birth and death, then a running sum of both': runningByMonth(`
        with p as (${pairs([])}) select i, sum(v) as v
        from (select s as i, v from p where s < t union all select t, -v from p where s < t and t < 48) group by 1`),
      'months of birth and death, joined to the months between': `
        with p as (${pairs([])})
        select (date '2022-01-01' + to_months(i::int))::date, coalesce(sum(v), 0)
        from ${months48} left join p on i >= s and i < t group by 1 order by 1`,
    },
  },
  {
    name: 'open pipeline by region and month',
    ask: { metrics: ['pipeline'], by: ['rep.region', 'month'], period: '2022-01-01..2025-12-31' },
    hand: {
      'births and deaths by month, a running sum': runningByRegion(ofMonths(['region'], withRegion)),
      'births and deaths by day, a running sum of months': runningByRegion(ofDays(['region'], withRegion)),
      'months of birth and death, then a running sum of both': runningByRegion(`
        with p as (${pairs(['region'], withRegion)}) select region, i, sum(v) as v
        from (select region, s as i, v from p where s < t union all select region, t, -v from p where s < t and t < 48)
        group by 1, 2`),
      'months of birth and death, joined to the months between': `
        with p as (${pairs(['region'], withRegion)}),
          c as (select region, i, sum(v) as v from p join ${months48} on i >= s and i < t group by 1, 2)
        select g.region, (date '2022-01-01' + to_months(b.i::int))::date, coalesce(c.v, 0)
        from (select distinct region from c) g cross join ${months48}
        left join c on c.region is not distinct from g.region and c.i = b.i order by 1, 2`,
    },
  },
  {
    name: 'average revenue per rep, by region',
    ask: { metrics: ['revenue_per_rep'], by: ['rep.region'] },
    hand: {
      'by rep, then by region': `
        select r.region, avg(o.v)
        from (select rep_id, sum(amount) as v from opportunities where ${won} group by 1) o
        left join reps r on r.id = o.rep_id group by 1 order by 1`,
    },
  },
  {
    name: 'average revenue per rep, by month',
    ask: { metrics: ['revenue_per_rep'], by: ['month'], period: threeYears },
    hand: {
      'by rep and month, then by month': `
        select s.month, b.v
        from ${months36} s left join (
          select make_date(y, m, 1) as month, avg(v) as v
          from (
            select year(close_date) as y, month(close_date) as m, rep_id, sum(amount) as v
            from opportunities where ${won} and close_date >= date '2023-01-01' and close_date < date '2026-01-01'
            group by 1, 2, 3
          ) group by 1
        ) b using (month) order by 1`,
    },
  },
  {
    name: 'revenue of the last day, by month',
    ask: { metrics: ['revenue_of_last_day'], by: ['month'], period: threeYears },
    hand: {
      'by day, then the greatest': `
        select s.month, b.v
        from ${months36} s left join (
          select make_date(year(day), month(day), 1) as month, arg_max(v, day) as v
          from (
            select close_date as day, sum(amount) as v
            from opportunities where ${won} and close_date >= date '2023-01-01' and close_date < date '2026-01-01'
            group by 1
          ) group by 1
        ) b using (month) order by 1`,
    },
  },
  {
    name: 'customers to date, by month',
    ask: { metrics: ['customers_to_date'], by: ['month'], period: threeYears },
    hand: {
      'the first month of each, then a running sum': `
        with f as (
            select account_id, year(close_date) as y, min(month(close_date)) as m
            from opportunities where ${won} and close_date >= date '2023-01-01' and close_date < date '2026-01-01'
            group by 1, 2
          ),
          c as (select make_date(y, m, 1) as month, count(*) as n from f group by 1)
        select s.month, coalesce(sum(c.n) over (partition by year(s.month) order by s.month), 0)
        from ${months36} s left join c using (month) order by 1`,
    },
  },
];
