// A scorecard: twenty metrics of four tables and seven scans (a table by each of its dates), beside the previous period,
// and over twelve months.

const metrics = [
  'revenue',
  'won_deals',
  'lost_deals',
  'win_rate',
  'average_deal',
  'median_deal',
  'cycle_days',
  'customers',
  'pipeline_created',
  'deals_created',
  'pipeline',
  'activity_count',
  'calls',
  'meetings',
  'accounts_touched',
  'activities_per_won_deal',
  'tickets_opened',
  'contacts_per_ticket',
  'quota',
  'attainment',
];

/** Each scan: its table, its date, and what it counts. `median` keeps cents where it is cast. */
const scans = [
  {
    name: 'closed',
    from: 'opportunities',
    time: 'close_date',
    values: {
      revenue: [`sum(amount)`, `stage = 'Closed Won'`],
      won_deals: ['count(*)', `stage = 'Closed Won'`],
      lost_deals: ['count(*)', `stage = 'Closed Lost'`],
      closed_deals: ['count(*)', `stage in ('Closed Won', 'Closed Lost')`],
      won_amounts: ['count(amount)', `stage = 'Closed Won'`],
      median_deal: ['median(amount::double)', `stage = 'Closed Won'`],
      cycle_days: ['avg(close_date - created_date)', `stage = 'Closed Won'`],
      customers: ['count(distinct account_id)', `stage = 'Closed Won'`],
    },
  },
  {
    name: 'created',
    from: 'opportunities',
    time: 'created_date',
    values: { pipeline_created: ['sum(amount)', null], deals_created: ['count(*)', null] },
  },
  {
    name: 'acts',
    from: 'activities',
    time: '"at"',
    values: {
      activity_count: ['count(*)', null],
      calls: ['count(*)', `kind = 'call'`],
      meetings: ['count(*)', `kind = 'meeting'`],
      accounts_touched: ['count(distinct account_id)', null],
    },
  },
  {
    name: 'opened',
    from: 'tickets',
    time: 'opened_at',
    values: { tickets_opened: ['count(*)', null], contacts_per_ticket: ['avg(contacts)', null] },
  },
  { name: 'goals', from: 'quotas', time: 'month', values: { quota: ['sum(quota)', null] } },
];

/** The metrics as expressions over the columns of all scans; `of` says what a value's column is called. */
const answers = of => ({
  revenue: `coalesce(${of('revenue')}, 0)`,
  won_deals: `coalesce(${of('won_deals')}, 0)`,
  lost_deals: `coalesce(${of('lost_deals')}, 0)`,
  win_rate: `coalesce(${of('won_deals')}, 0) / nullif(${of('closed_deals')}, 0)`,
  // The sum is there already; and `avg` rounds once more, which the difference of two shows.
  average_deal: `${of('revenue')} / nullif(${of('won_amounts')}, 0)`,
  median_deal: of('median_deal'),
  cycle_days: of('cycle_days'),
  customers: `coalesce(${of('customers')}, 0)`,
  pipeline_created: `coalesce(${of('pipeline_created')}, 0)`,
  deals_created: `coalesce(${of('deals_created')}, 0)`,
  pipeline: `coalesce(${of('pipeline')}, 0)`,
  activity_count: `coalesce(${of('activity_count')}, 0)`,
  calls: `coalesce(${of('calls')}, 0)`,
  meetings: `coalesce(${of('meetings')}, 0)`,
  accounts_touched: `coalesce(${of('accounts_touched')}, 0)`,
  activities_per_won_deal: `coalesce(${of('activity_count')}, 0) / nullif(${of('won_deals')}, 0)`,
  tickets_opened: `coalesce(${of('tickets_opened')}, 0)`,
  contacts_per_ticket: of('contacts_per_ticket'),
  quota: `coalesce(${of('quota')}, 0)`,
  attainment: `coalesce(${of('revenue')}, 0) / nullif(${of('quota')}, 0)`,
});

/** Rates are no amounts: their change is a difference all the same. */
const compared = () => {
  const now = answers(name => `now_${name}`);
  const before = answers(name => `was_${name}`);
  return metrics.flatMap(name => [now[name], before[name], `${now[name]} - ${before[name]}`]).join(', ');
};

const quarter = { from: '2025-04-01', until: '2025-07-01' };
const before = { from: '2025-01-01', until: '2025-04-01' };
const within = (time, { from, until }) => `${time} >= date '${from}' and ${time} < date '${until}'`;
const filtered = (value, conditions) => {
  const all = conditions.filter(each => each !== null);
  return all.length === 0 ? value : `${value} filter (where ${all.join(' and ')})`;
};

/** A scan of both quarters with conditional aggregates. */
const bothQuarters = ({ name, from, time, values }) => {
  const items = Object.entries(values).flatMap(([value, [aggregate, condition]]) => [
    `${filtered(aggregate, [condition, `${time} >= date '${quarter.from}'`])} as now_${value}`,
    `${filtered(aggregate, [condition, `${time} < date '${quarter.from}'`])} as was_${value}`,
  ]);
  return `${name} as (
    select ${items.join(', ')} from ${from} where ${within(time, { from: before.from, until: quarter.until })})`;
};

/** A scan for each quarter. */
const eachQuarter = ({ name, from, time, values }) =>
  [
    ['now', quarter],
    ['was', before],
  ].map(([prefix, interval]) => {
    const items = Object.entries(values).map(
      ([value, [aggregate, condition]]) => `${filtered(aggregate, [condition])} as ${prefix}_${value}`,
    );
    return `${prefix}_${name} as (select ${items.join(', ')} from ${from} where ${within(time, interval)})`;
  });

const openAt = day => `sum(amount) filter (where created_date < date '${day}'
  and (close_date is null or close_date >= date '${day}'))`;
const alive = `alive as (
  select ${openAt(quarter.until)} as now_pipeline, ${openAt(quarter.from)} as was_pipeline from opportunities)`;

const inOneRow = (tables, names) =>
  `with ${[...tables, alive].join(',\n')} select ${compared()} from ${[...names, 'alive'].join(' cross join ')}`;

const year = { from: '2025-01-01', until: '2026-01-01' };

const byMonth = ({ name, from, time, values }) => {
  const items = Object.entries(values).map(
    ([value, [aggregate, condition]]) => `${filtered(aggregate, [condition])} as ${value}`,
  );
  return `${name} as (
    select make_date(year(${time}), month(${time}), 1) as month, ${items.join(', ')}
    from ${from} where ${within(time, year)} group by year(${time}), month(${time}))`;
};

const isDistinct = ([aggregate]) => /distinct|median|avg/.test(aggregate);

/** What adds up by the days first, and what does not in a scan of its own. */
const byDayThenMonth = scan => {
  const { name, from, time, values } = scan;
  const all = Object.entries(values);
  const [adding, others] = [all.filter(([, each]) => !isDistinct(each)), all.filter(([, each]) => isDistinct(each))];
  const parts = adding.map(([value, [aggregate, condition]]) => `${filtered(aggregate, [condition])} as ${value}`);
  const sums = adding.map(
    ([value]) => `sum(${value})::${/count/.test(value) ? 'bigint' : 'decimal(38, 2)'} as ${value}`,
  );
  const days = `${name} as (
    select make_date(year(day), month(day), 1) as month, ${sums.map(each => each.replace(/::.* as/, ' as')).join(', ')}
    from (select ${time}::date as day, ${parts.join(', ')} from ${from} where ${within(time, year)} group by 1)
    group by year(day), month(day))`;
  return others.length === 0
    ? [days]
    : [days, byMonth({ ...scan, name: `${name}_rest`, values: Object.fromEntries(others) })];
};

const monthsOfYear = `(select make_date(2025, m::int, 1) as month from range(1, 13) as s(m)) s`;

const index = column => `(year(${column}) - 2025) * 12 + month(${column}) - 1`;
const aliveByMonth = `cells as (
    select greatest(${index('created_date')}, 0) as s, least(coalesce(${index('close_date')}, 12), 12) as t, sum(amount) as v
    from opportunities group by 1, 2 having s < t),
  events as (select i, sum(v) as v from (select s as i, v from cells union all select t, -v from cells) group by 1),
  alive as (
    select make_date(2025, i::int + 1, 1) as month, sum(v) over (order by i) as pipeline
    from range(12) as b(i) left join events using (i))`;

const overYear = (tables, names) => `
  with ${[...tables, aliveByMonth].join(',\n')}
  select s.month, ${metrics.map(name => answers(value => value)[name]).join(', ')}
  from ${monthsOfYear} ${[...names, 'alive'].map(name => `left join ${name} using (month)`).join(' ')} order by 1`;

const apart = scans.flatMap(byDayThenMonth);

export const scorecard = [
  {
    name: 'scorecard of 20 metrics beside the previous quarter',
    ask: { metrics, period: '2025-Q2', compare: ['prior_period'] },
    hand: {
      'a scan for each table and date, conditional aggregates': inOneRow(
        scans.map(bothQuarters),
        scans.map(({ name }) => name),
      ),
      'a scan for each quarter': inOneRow(
        scans.flatMap(eachQuarter),
        scans.flatMap(({ name }) => [`now_${name}`, `was_${name}`]),
      ),
    },
  },
  {
    name: 'scorecard of 20 metrics over 12 months',
    ask: { metrics, by: ['month'], period: '2025' },
    hand: {
      'a scan for each table and date': overYear(
        scans.map(byMonth),
        scans.map(({ name }) => name),
      ),
      'what adds up by days first, the rest apart': overYear(
        apart,
        apart.map(text => text.slice(0, text.indexOf(' '))),
      ),
    },
  },
];
