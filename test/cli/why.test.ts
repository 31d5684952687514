/** `metrics why`: what is asked, what is said, and what is refused. Every number here is worked out on paper. */
import { describe, expect, test } from 'vitest';
import { metrics, projectFolder } from '../support/project.ts';

const shop = projectFolder({
  'metrics.yaml': `version: 1
name: shop
currency: EUR
users: { attributes: { rep_id: string } }
roles: { rep: { sees: rep = user.rep_id } }
tables:
  reps: { from: reps.csv, key: rep_id, entity: rep, columns: { rep_id: string, region: string } }
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: integer
      rep_id: string
      customer: string
      amount: { type: decimal, unit: currency }
      weight: float
      closed_on: date
    joins: { rep: { to: reps, on: rep_id } }
  quotas:
    from: quotas.csv
    key: [rep_id, month]
    time: month
    columns: { rep_id: string, month: date, amount: { type: decimal, unit: currency } }
    joins: { rep: { to: reps, on: rep_id } }
  tickets:
    from: tickets.csv
    key: ticket_id
    time: opened_on
    columns: { ticket_id: integer, rep_id: string, opened_on: date, closed_on: date }
    lifespans: { open: { from: opened_on, until: closed_on } }
  stages: { from: reps.csv, key: rep_id, columns: { rep_id: string } }
metrics:
  revenue: { formula: sum(deals.amount) }
  cost: { formula: sum(deals.amount), good: down }
  quota: { formula: sum(quotas.amount) }
  attainment: { formula: revenue / quota, unit: percent }
  shortfall: { formula: 1 - attainment, unit: percent, good: down }
  deal_size: { formula: avg(deals.amount) }
  middle_size: { formula: median(deals.amount) }
  customers: { formula: count(distinct deals.customer) }
  revenue_per_customer: { formula: revenue / customers }
  weighed: { formula: sum(deals.weight) }
  last_customer: { formula: last(deals.customer) }
  open_tickets: { formula: count(tickets) while open, good: down }
  stage_count: { formula: count(stages) }
`,
  'reps.csv': 'rep_id,region\nr1,North\nr2,South\nr3,South\n',
  // In the first quarter 100.10 and 50, in the second 80 and 55.05 and 5; r9 is no rep.
  'deals.csv': `deal_id,rep_id,customer,amount,weight,closed_on
1,r1,a,100.10,0.1,2026-01-10
2,r2,b,50,0.2,2026-02-10
3,r1,a,80,0.3,2026-04-10
4,r2,b,55.05,0.6,2026-05-10
5,r9,a,5,0.1,2026-06-10
6,r1,c,60,1,2025-01-05
7,r1,c,30,1,2025-04-05
`,
  // Open at the end of March: 1 and 2; of June: 2, 3 and 4; in the middle of May: 2 and 3, of February: 1 alone.
  'tickets.csv': `ticket_id,rep_id,opened_on,closed_on
1,r1,2026-01-05,2026-04-02
2,r1,2026-03-05,
3,r2,2026-05-01,2026-07-01
4,r3,2026-06-30,
5,r3,2026-06-01,2026-06-30
`,
  'quotas.csv': `rep_id,month,amount
r1,2026-01-01,200
r2,2026-01-01,100
r1,2026-04-01,100
r2,2026-04-01,100
r3,2026-04-01,100
`,
});

interface Found {
  readonly value: unknown;
  readonly before: unknown;
  readonly change: unknown;
  readonly period: string;
  readonly compared: { readonly name: string; readonly period: string };
  readonly like_for_like: unknown;
  readonly season: unknown;
  readonly by: readonly {
    readonly split: string | null;
    readonly unsplit: string | null;
    readonly remainder: unknown;
    readonly groups: readonly Readonly<Record<string, unknown>>[];
    readonly spread: Readonly<Record<string, unknown>> | null;
  }[];
}

async function asked(...words: readonly string[]): Promise<Found> {
  const { code, out, err } = await metrics(shop, 'why', ...words, '--format', 'json');
  expect([code, err]).toEqual([0, '']);
  const found: Found = JSON.parse(out);
  return found;
}

const secondQuarter = ['--period', '2026-Q2', '--compare', 'prior_quarter', '--as-of', '2026-07-15'];

describe('sums', () => {
  test('the difference of each group, decimals to the last digit', async () => {
    const found = await asked('revenue', '--by', 'rep.region,rep', ...secondQuarter);
    expect([found.value, found.before, found.change]).toEqual(['140.05', '150.1', '-10.05']);
    expect([found.period, found.compared]).toEqual([
      '2026-04-01..2026-06-30',
      { name: 'prior_quarter', period: '2026-01-01..2026-03-31' },
    ]);
    const [region, rep] = found.by;
    expect([region?.split, region?.remainder]).toEqual(['difference', '0']);
    expect(region?.groups).toEqual([
      { group: 'North', value: '80', before: '100.1', change: '-20.1', contribution: '-20.1' },
      { group: 'South', value: '55.05', before: '50', change: '5.05', contribution: '5.05' },
      { group: null, value: '5', before: '0', change: '5', contribution: '5' },
    ]);
    expect(rep?.groups.map(({ group, contribution }) => [group, contribution])).toEqual([
      ['r1', '-20.1'],
      ['r2', '5.05'],
      ['r9', '5'],
    ]);
    expect(rep?.spread).toEqual({
      mark: { kind: 'before', direction: 'fell' },
      members: 3,
      unjudged: 0,
      short: 1,
      share: 1 / 3,
      groups: ['r1'],
      most: { groups: ['r1'], share: 1 },
      verdict: 'few',
    });
  });

  test('the season by the same step a year ago: from 60 to 30, so of 150.1 half is usual', async () => {
    const { season } = await asked('revenue', ...secondQuarter);
    expect(season).toEqual({
      kind: 'known',
      share: -0.5,
      years: [
        {
          years_ago: 1,
          period: '2025-04-01..2025-06-30',
          compared: '2025-01-01..2025-03-31',
          value: '30',
          before: '60',
          change: '-30',
        },
      ],
      usual: '-75.05',
      rest: '65',
    });
  });

  test('a condition holds for all of it, years before among them', async () => {
    const found = await asked('revenue', '--by', 'rep', '--where', "rep.region = 'South'", ...secondQuarter);
    expect([found.value, found.change, found.season]).toEqual(['55.05', '5.05', { kind: 'unknown' }]);
  });

  test('floats add up but for their rounding', async () => {
    const found = await asked('weighed', '--by', 'rep', ...secondQuarter);
    expect(found.by[0]?.split).toBe('difference');
    expect(Math.abs(Number(found.by[0]?.remainder))).toBeLessThan(1e-15);
  });
});

describe('ratios', () => {
  // R was 150.1/300 and is 140.05/300; M is their mean, 0.48358333...
  test('rate and mix of each group, and what has no denominator', async () => {
    const found = await asked('attainment', '--by', 'rep', ...secondQuarter);
    expect([found.value, found.before]).toEqual([14005 / 30000, 1501 / 3000]);
    const [by] = found.by;
    expect([by?.split, by?.remainder]).toEqual(['rate and mix', 0]);
    const near = (name: string, group: string) => {
      const effects = by?.groups.find(each => each.group === group)?.effects;
      const record: Readonly<Record<string, number>> = JSON.parse(JSON.stringify(effects));
      return Number(record[name]?.toFixed(12));
    };
    const mean = (140.05 + 150.1) / 600;
    const expected = (value: number) => Number(value.toFixed(12));
    // r1: 0.5005 at 2/3, then 0.8 at 1/3.  r2: 0.5 and 0.5505 at 1/3.  r3: nothing of 1/3, and new.
    expect([near('rate', 'r1'), near('mix', 'r1')]).toEqual([
      expected(0.2995 / 2),
      expected((0.65025 - mean) * (-1 / 3)),
    ]);
    expect([near('rate', 'r2'), near('mix', 'r2')]).toEqual([expected(0.0505 / 3), 0]);
    expect([near('rate', 'r3'), near('mix', 'r3')]).toEqual([0, expected(-mean / 3)]);
    expect([near('alone', 'r9'), near('rate', 'r9'), near('mix', 'r9')]).toEqual([expected(5 / 300), 0, 0]);
    expect(by?.groups.find(each => each.group === 'r9')).toMatchObject({
      value: null,
      numerator: '5',
      denominator: '0',
    });
    const total = (by?.groups ?? []).reduce((sum, each) => sum + Number(each.contribution), 0);
    expect(total).toBeCloseTo(-10.05 / 300, 14);
  });

  test('averages are sums over counts', async () => {
    const found = await asked('deal_size', '--by', 'rep.region', ...secondQuarter);
    const [by] = found.by;
    expect([by?.split, by?.remainder]).toEqual(['rate and mix', 0]);
    expect(by?.groups.map(each => [each.group, each.numerator, each.denominator, each.weight])).toEqual([
      [null, '5', '1', 1 / 3],
      ['North', '80', '1', 1 / 3],
      ['South', '55.05', '1', 1 / 3],
    ]);
  });

  test('one less a ratio moves the other way', async () => {
    const [there, back] = [
      await asked('attainment', '--by', 'rep', ...secondQuarter),
      await asked('shortfall', '--by', 'rep', ...secondQuarter),
    ];
    const contributions = ({ by }: Found, sign: number) =>
      Object.fromEntries(
        (by[0]?.groups ?? []).map(each => [each.group, (sign * Number(each.contribution)).toFixed(12)]),
      );
    expect(contributions(back, -1)).toEqual(contributions(there, 1));
    expect(back.by[0]?.remainder).toBe(0);
  });
});

describe('stocks', () => {
  test('are read at the end of both periods, or after as many days', async () => {
    const groups = ({ by }: Found) =>
      by[0]?.groups.map(each => [each.group, each.before, each.value, each.contribution]);
    const whole = await asked('open_tickets', '--by', 'rep_id', ...secondQuarter);
    expect([whole.before, whole.value, whole.by[0]?.remainder]).toEqual([2, 3, 0]);
    expect(groups(whole)).toEqual([
      ['r1', 2, 1, -1],
      ['r2', 0, 1, 1],
      ['r3', 0, 1, 1],
    ]);
    const begun = await asked('open_tickets', '--by', 'rep_id', '--period', '2026-Q2', '--as-of', '2026-05-15');
    expect([begun.compared.period, begun.before, begun.value]).toEqual(['2026-01-01..2026-02-15', 1, 2]);
    expect(groups(begun)).toEqual([
      ['r2', 0, 1, 1],
      ['r1', 1, 1, 0],
    ]);
  });
});

describe('what does not add up', () => {
  test('medians have no parts', async () => {
    const found = await asked('middle_size', '--by', 'rep', ...secondQuarter);
    expect(found.by[0]).toMatchObject({ split: null, unsplit: 'no parts', remainder: null });
    expect(found.by[0]?.groups).toContainEqual({
      group: 'r1',
      value: expect.anything(),
      before: expect.anything(),
      change: expect.anything(),
      contribution: null,
    });
  });

  test('customers of several reps are counted by each; where each has one rep they add up', async () => {
    const several = await asked('customers', '--by', 'rep', ...secondQuarter);
    expect(several.by[0]).toMatchObject({ split: null, unsplit: 'overlap' });
    const ratio = await asked('revenue_per_customer', '--by', 'rep', ...secondQuarter);
    expect(ratio.by[0]).toMatchObject({ split: null, unsplit: 'overlap' });
    const words = ['customers', '--by', 'rep', '--where', "rep <> 'r9'", ...secondQuarter];
    expect((await asked(...words)).by[0]).toMatchObject({ split: 'difference', unsplit: null, remainder: 0 });
  });

  test('a period without a value', async () => {
    const { out } = await metrics(
      shop,
      'why',
      'attainment',
      '--by',
      'rep',
      '--period',
      '2025-Q2',
      '--as-of',
      '2026-07-15',
    );
    expect(out.split('\n')[0]).toBe(
      'attainment has no value in 2025-04-01..2025-06-30, so there is no change to split.',
    );
  });
});

describe('periods', () => {
  test('what is not over is compared like for like, and that is said', async () => {
    const words = ['revenue', '--period', '2026-Q2', '--as-of', '2026-04-15'];
    const found = await asked(...words);
    // The fifteen days of April against the first fifteen of January.
    expect([found.period, found.compared]).toEqual([
      '2026-04-01..2026-04-15',
      { name: 'prior_period', period: '2026-01-01..2026-01-15' },
    ]);
    expect([found.like_for_like, found.change]).toEqual([{ days: 15, of: 91 }, '-20.1']);
    const { out } = await metrics(shop, 'why', ...words);
    expect(out).toContain('The period is not over: like for like, the first 15 of its 91 days are compared.\n');
  });

  test.each([
    ['prior_year', '2025-04-01..2025-06-30', 'same'],
    ['prior_half', '2025-10-01..2025-12-31', 'unknown'],
    ['prior_quarter', '2026-01-01..2026-03-31', 'known'],
    ['prior_month', '2026-03-01..2026-05-31', 'known'],
    ['prior_week', '2026-03-25..2026-06-23', 'known'],
    ['prior_day', '2026-03-31..2026-06-29', 'known'],
    ['prior_period', '2026-01-01..2026-03-31', 'known'],
  ])('%s', async (comparison, compared, kind) => {
    const found = await asked('revenue', '--period', '2026-Q2', '--compare', comparison, '--as-of', '2026-07-15');
    expect(found.compared).toEqual({ name: comparison, period: compared });
    expect(found.season).toMatchObject({ kind });
  });

  test('queries compare with them too', async () => {
    const words = [
      'revenue',
      '--period',
      '2026-Q2',
      '--compare',
      'prior_quarter',
      '--as-of',
      '2026-07-15',
      '--format',
      'csv',
    ];
    const { out } = await metrics(shop, 'query', ...words);
    expect(out).toBe('revenue,revenue.prior,revenue.change\n140.05,150.1,-10.05\n');
  });
});

describe('as a role', () => {
  test('as over the rows that the role sees, years before among them', async () => {
    for (const metric of ['revenue', 'attainment', 'customers']) {
      const seen = await asked(
        metric,
        '--by',
        'rep,rep.region',
        '--as',
        'rep',
        '--user',
        'rep_id=r1',
        ...secondQuarter,
      );
      const filtered = await asked(metric, '--by', 'rep,rep.region', '--where', "rep = 'r1'", ...secondQuarter);
      expect({ ...seen, meta: null }).toEqual({ ...filtered, meta: null });
      expect(seen.by[0]?.groups.map(each => each.group)).toEqual(['r1']);
    }
  });

  test('a table on which its rule is not decided is closed', async () => {
    const words = ['open_tickets', '--as', 'rep', '--user', 'rep_id=r1', ...secondQuarter];
    const { code, out, err } = await metrics(shop, 'why', ...words);
    expect([code, out, err.slice(0, 13)]).toEqual([1, '', 'error[M7008]:']);
  });
});

describe('thresholds', () => {
  test.each([
    ['attainment', '0.6', 'below', ['r2', 'r3']],
    ['attainment', '60%', 'below', ['r2', 'r3']],
    ['cost', '50', 'above', ['r1', 'r2']],
  ])('%s %s', async (metric, threshold, side, groups) => {
    const found = await asked(metric, '--by', 'rep', '--threshold', threshold, ...secondQuarter);
    const [by] = found.by;
    expect(by?.spread).toMatchObject({ mark: { kind: 'threshold', side }, short: 2 });
    expect(new Set(JSON.stringify(by?.spread?.groups).match(/r\d/g))).toEqual(new Set(groups));
  });
});

describe('for people', () => {
  test('what happened comes first', async () => {
    const { out } = await metrics(shop, 'why', 'revenue', '--by', 'rep.region', ...secondQuarter);
    expect(out).toBe(`revenue fell by 10.05 EUR, from 150.1 EUR to 140.05 EUR.
2026-04-01..2026-06-30 against 2026-01-01..2026-03-31 (prior_quarter), as of 2026-07-15.
Season: the same step was -30 EUR a year ago. Of the change -75.05 EUR (-50.00 %) are usual by that one year, and 65 EUR are not.
By rep.region it sits with few: 1 of 3 fell; North accounts for 100 % of what pulled it down.

rep.region  before (EUR)  now (EUR)  contribution (EUR)
──────────  ────────────  ─────────  ──────────────────
North              100.1         80               -20.1
South                 50      55.05                5.05
–                      0          5                   5
(all)              150.1     140.05              -10.05
3 groups; contributions add up to the change, with nothing left over
`);
  });

  test('groups beyond the limit stand in one row', async () => {
    const { out } = await metrics(shop, 'why', 'revenue', '--by', 'rep', '--limit', '1', ...secondQuarter);
    expect(out.split('\n').slice(-6)).toEqual([
      '──────────  ────────────  ─────────  ──────────────────',
      'r1                 100.1         80               -20.1',
      '(2 others)                                        10.05',
      '(all)              150.1     140.05              -10.05',
      '3 groups; contributions add up to the change, with nothing left over',
      '',
    ]);
  });

  test('a fall of the mix alone is called that', async () => {
    const folder = projectFolder({
      'metrics.yaml': `version: 1
name: mix
tables:
  days: { from: days.csv, key: [day, channel], time: day, columns: { day: date, channel: string, leads: integer, won: integer } }
metrics:
  rate: { formula: sum(days.won) / sum(days.leads), unit: percent }
`,
      'days.csv':
        'day,channel,leads,won\n2026-01-01,fair,10,9\n2026-01-01,web,10,1\n2026-02-01,fair,20,19\n2026-02-01,web,80,12\n',
    });
    const { out } = await metrics(
      folder,
      'why',
      'rate',
      '--by',
      'channel',
      '--period',
      '2026-02',
      '--as-of',
      '2026-03-31',
    );
    expect(out).toBe(`rate fell by 19.00 points, from 50.00 % to 31.00 %.
2026-02-01..2026-02-28 against 2026-01-01..2026-01-31 (prior_period), as of 2026-03-31.
Season: not known, since no earlier year has data of the whole of both periods.
By channel 0 of 2 fell by itself, so it is the mix; fair accounts for 73 % of what pulled it down.

channel   before      now  rate (points)  mix (points)  contribution (points)
───────  ───────  ───────  ─────────────  ────────────  ─────────────────────
fair     90.00 %  95.00 %           1.75        -15.60                 -13.85
web      10.00 %  15.00 %           3.25         -8.40                  -5.15
(all)    50.00 %  31.00 %           5.00        -24.00                 -19.00
2 groups; contributions add up to the change, with nothing left over
`);
  });
});

describe('refused', () => {
  const table: readonly (readonly [words: readonly string[], code: number, said: string])[] = [
    [['revenu', '--period', '2026'], 1, 'error[M2001]'],
    [['revenue', '--period', '2026', '--by', 'rep.regoin'], 1, 'error[M2001]'],
    [['revenue', '--period', '2026', '--compare', 'prior_qarter'], 1, 'did you mean `prior_quarter`?'],
    [['revenue', '--period', '2026-Q9'], 1, 'error[M5002]'],
    [['revenue'], 1, 'error[M5012]'],
    [['revenue', '--period', 'all'], 1, 'error[M5012]'],
    [['revenue', '--period', '2027'], 1, 'error[M5025]'],
    [['revenue', '--period', '2026', '--by', 'rep,month'], 1, 'error[M5024]'],
    [['revenue', '--period', '2026', '--where', 'closed_on > 2026-02-01'], 1, 'error[M5014]'],
    [['last_customer', '--period', '2026'], 1, 'error[M3019]'],
    [['stage_count', '--period', '2026'], 1, 'error[M5001]'],
    [['revenue', '--period', '2026', '--compare', 'prior_year,prior_month'], 2, 'name one comparison'],
    [['revenue', '--period', '2026', '--threshold', 'much'], 2, '`--threshold much` is no number'],
    [['revenue', '--period', '2026', '--as-of', 'today'], 2, '`today` is not a day'],
    [['revenue', '--period', '2026', '--having', 'revenue > 1'], 2, "unknown option '--having'"],
  ];
  test.each(table)('%j', async (words, code, said) => {
    const found = await metrics(shop, 'why', ...words, ...(words.includes('--as-of') ? [] : ['--as-of', '2026-07-15']));
    expect([found.code, found.out]).toEqual([code, '']);
    expect(found.err).toContain(said);
  });
});
