/**
 * `metrics scorecard` over test/projects/scorecard, as data and in a terminal. Every value is worked out by hand from its
 * files: on 2026-03-17 of the 31 days of March 17 are over, and the quarter before that is like for like ends on 12-17.
 */
import { describe, expect, test } from 'vitest';
import { own, parseDay } from '../../compiler/index.ts';
import {
  type Engine,
  endOf,
  isSound,
  openWarehouse,
  profileOf,
  readProject,
  runScorecard,
} from '../../runtime/index.ts';
import { metrics } from '../support/project.ts';
import { asOf, smallProject } from './project.ts';

interface Item {
  readonly metric: string;
  readonly period: string | null;
  readonly partial: boolean;
  readonly value: unknown;
  readonly comparisons: readonly unknown[];
  readonly goal: Readonly<Record<string, unknown>> | null;
  readonly status: string | null;
  readonly trend: unknown;
  readonly groups: { readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly more: boolean } | null;
  readonly companions: readonly Readonly<Record<string, unknown>>[];
  readonly note: string | null;
}

async function itemsOf(folder: string, ...words: readonly string[]) {
  const { code, out, err } = await metrics(folder, 'scorecard', ...words, ...asOf, '--format', 'json');
  expect([code, err]).toEqual([0, '']);
  const {
    sections,
    alerts,
  }: { sections: { section: string; items: Item[] }[]; alerts: { name: string; fires: boolean }[] } = JSON.parse(out);
  return { sections, alerts, items: sections.flatMap(section => section.items) };
}

const asRep = (rep: string) => ['sales_rep', '--user', `rep_id=${rep}`];
const due = 17 / 31;

/** A role beside those of the project, with these items. */
const withItems = (...items: readonly string[]) =>
  smallProject({
    'more.yaml': `version: 1\nroles:\n  asked: { sees: all, scorecard: [{ section: S, items: [${items.join(', ')}] }] }\n`,
  });

describe('a rep', () => {
  test('sees what is his, what is off track first', async () => {
    const { sections } = await itemsOf(smallProject(), ...asRep('r2'));
    expect(
      sections.map(({ section, items }) => [section, items.map(({ metric, status }) => [metric, status])]),
    ).toEqual([
      [
        'My month',
        [
          ['won_revenue', 'off_track'],
          ['activity_count', null],
          ['lost_deals', 'on_track'],
        ],
      ],
      [
        'My deals',
        [
          ['won_revenue', null],
          ['pipeline', null],
        ],
      ],
    ]);
  });

  test('his goal: Ben has won 30 of 80', async () => {
    const { items } = await itemsOf(smallProject(), ...asRep('r2'));
    const [goal] = items;
    expect(goal).toMatchObject({
      period: '2026-03-01..2026-03-31',
      partial: true,
      value: '30',
      note: 'Quotas are set in January.',
    });
    expect(goal?.goal).toMatchObject({ name: 'won_goal', label: 'Won revenue goal', target: '80', attainment: 0.375 });
    expect(Number(goal?.goal?.gap)).toBeCloseTo(-50, 9);
    expect(Number(goal?.goal?.expected)).toBeCloseTo(80 * due, 9);
    expect(Number(goal?.goal?.pace)).toBeCloseTo(30 / (80 * due), 9);
    expect(Number(goal?.goal?.landing)).toBeCloseTo(30 / due, 9);
    // From 1 to 17 February he won nothing, which nothing can grow from.
    expect(goal?.comparisons).toEqual([
      { with: 'prior_period', like_for_like: true, value: '0', change: '30', growth: null },
    ]);
    expect(goal?.trend).toEqual({
      grain: 'month',
      period: '2025-09-01..2026-02-28',
      points: [
        ['2025-09-01', '0'],
        ['2025-10-01', '0'],
        ['2025-11-01', '0'],
        ['2025-12-01', '0'],
        ['2026-01-01', '90'],
        ['2026-02-01', '0'],
      ].map(([bucket, value]) => ({ bucket, value })),
      min: 0,
      max: 90,
    });
    // Of the deals decided in March he won all; in February he decided none.
    expect(goal?.companions).toEqual([
      {
        metric: 'win_rate',
        label: 'Win rate',
        unit: 'percent',
        value: 1,
        comparisons: [{ with: 'prior_period', like_for_like: true, value: null, change: null, growth: null }],
        refusal: null,
      },
    ]);
  });

  test('his deals: the two highest of all time, and the lowest, each once', async () => {
    const rows = async (rep: string) => {
      const { items } = await itemsOf(smallProject(), ...asRep(rep));
      const card = items.find(({ groups }) => groups !== null);
      return [card?.period, card?.value, card?.groups?.rows.map(({ group, value, end }) => [group, value, end])];
    };
    // Ana won a, e, g and j.
    expect(await rows('r1')).toEqual([
      null,
      '255',
      [
        [{ deal_id: 'a' }, '100', 'top'],
        [{ deal_id: 'j' }, '70', 'top'],
        [{ deal_id: 'g' }, '25', 'bottom'],
      ],
    ]);
    expect(await rows('r2')).toEqual([
      null,
      '120',
      [
        [{ deal_id: 'i' }, '90', 'top'],
        [{ deal_id: 'd' }, '30', 'top'],
      ],
    ]);
  });

  test('his alerts', async () => {
    const fires = async (rep: string) =>
      (await itemsOf(smallProject(), ...asRep(rep))).alerts.filter(each => each.fires).map(each => each.name);
    expect(await fires('r1')).toEqual(['quiet_rep']);
    expect(await fires('r2')).toEqual([]);
    expect(await fires('r3')).toEqual(['quiet_rep', 'losing']);
  });

  test('and nothing of anybody else', async () => {
    for (const format of ['table', 'json', 'html']) {
      const { out } = await metrics(smallProject(), 'scorecard', ...asRep('r2'), ...asOf, '--format', format);
      expect(out).not.toMatch(/Ana|Cleo|r1|r3/);
    }
  });
});

describe('a director', () => {
  test('results', async () => {
    const { items } = await itemsOf(smallProject(), 'sales_director');
    const [won, south, rate, heads] = items;
    expect(won).toMatchObject({ metric: 'won_revenue', period: '2026-01-01..2026-03-31', value: '355' });
    expect(won?.comparisons).toEqual([
      { with: 'prior_period', like_for_like: true, value: '40', change: '315', growth: 7.875 },
      { with: 'prior_year', like_for_like: true, value: '25', change: '330', growth: 13.2 },
    ]);
    expect(won?.trend).toMatchObject({ period: '2025-01-01..2025-12-31', min: 0, max: 40 });
    // In the south d, i and k were won and h lost; the quarter before, f was won. Percentages change by points.
    expect(south).toMatchObject({
      value: 0.75,
      comparisons: [{ value: 1, change: -0.25, growth: null }],
    });
    // Six of eight, of a target of 60 %.
    expect(rate).toMatchObject({ value: 0.75, status: 'on_track', goal: { target: 0.6, attainment: 1.25 } });
    expect(heads).toMatchObject({ value: 3, period: null, partial: false });
  });

  test('people', async () => {
    const { items } = await itemsOf(smallProject(), 'sales_director');
    const [goal, won, activities] = items.filter(({ groups }) => groups !== null);
    expect(goal).toMatchObject({ value: '95', status: 'at_risk', goal: { target: '180' } });
    expect(Number(goal?.goal?.pace)).toBeCloseTo(95 / (180 * due), 9);
    // By pace; Cleo has no quota, so none is known of her.
    expect(
      goal?.groups?.rows.map(({ group, value, goal: of }) => [group, value, Object(of).target, Object(of).status]),
    ).toEqual([
      [{ 'rep.name': 'Ana' }, '60', '100', 'on_track'],
      [{ 'rep.name': 'Ben' }, '30', '80', 'off_track'],
      [{ 'rep.name': "Cleo O'Hara" }, '5', null, null],
    ]);
    expect(won?.groups?.rows.map(({ group, value, comparisons }) => [group, value, comparisons])).toEqual([
      [
        { 'rep.name': 'Ana' },
        '60',
        [{ with: 'prior_period', like_for_like: true, value: '100', change: '-40', growth: -0.4 }],
      ],
      [
        { 'rep.name': 'Ben' },
        '30',
        [{ with: 'prior_period', like_for_like: true, value: '0', change: '30', growth: null }],
      ],
      [
        { 'rep.name': "Cleo O'Hara" },
        '5',
        [{ with: 'prior_period', like_for_like: true, value: '0', change: '5', growth: null }],
      ],
    ]);
    expect(activities?.period).toBe('2026-03-02..2026-03-15');
    expect(activities?.groups?.rows.map(({ group, value }) => [group, value])).toEqual([
      [{ 'rep.region': 'South', 'rep.name': 'Ben' }, 3],
      [{ 'rep.region': 'North', 'rep.name': 'Ana' }, 2],
    ]);
  });
});

describe('periods', () => {
  test('an asked one goes before those of items, and does not cut a target in two', async () => {
    const { items } = await itemsOf(smallProject(), 'sales_director', '--period', '2026-02');
    expect(items.map(({ metric, period, value }) => [metric, period, value])).toEqual([
      // In February Ana won a and lost b.
      ['won_revenue', '2026-02-01..2026-02-28', '100'],
      ['win_rate', '2026-02-01..2026-02-28', null],
      ['win_rate', '2026-01-01..2026-03-31', 0.75],
      ['headcount', null, 3],
      ['won_revenue', '2026-02-01..2026-02-28', '100'],
      ['won_revenue', '2026-02-01..2026-02-28', '100'],
      ['activity_count', '2026-02-01..2026-02-28', 1],
    ]);
    // What is over is compared as a whole, and a line ends with the period.
    expect(items[0]?.comparisons).toMatchObject([
      // January: i and j.
      { with: 'prior_period', like_for_like: false, value: '160' },
      { with: 'prior_year', like_for_like: false, value: '0' },
    ]);
    expect(items[0]?.trend).toMatchObject({ period: '2025-01-01..2025-12-31' });
  });

  test('a line ends with the last whole bucket of the period', async () => {
    const { items } = await itemsOf(
      withItems('{ metric: won_revenue, trend: 3 months }'),
      'asked',
      '--period',
      '2025-12',
    );
    // f in December.
    expect(items[0]?.trend).toMatchObject({
      period: '2025-10-01..2025-12-31',
      points: [{ value: '0' }, { value: '0' }, { value: '40' }],
    });
  });

  test('without like for like, part of a month is held against a whole one', async () => {
    const folder = withItems(
      '{ metric: lost_deals, compare: [prior_period], like_for_like: false, period: this quarter }',
    );
    const { items } = await itemsOf(folder, 'asked');
    expect(items[0]?.comparisons).toEqual([
      { with: 'prior_period', like_for_like: false, value: 0, change: 2, growth: null },
    ]);
  });
});

test('a baseline is a comparison like others', async () => {
  const folder = smallProject({
    'more.yaml': `version: 1
baselines: { autumn: { metric: won_revenue, period: 2025-12, label: The last of autumn } }
roles:
  asked:
    sees: all
    scorecard: [{ section: S, items: [{ metric: won_revenue, period: 2026-01, compare: [prior_year, autumn] }] }]
`,
  });
  const frozen = await metrics(folder, 'baseline', 'freeze', 'autumn', '--as-of', '2026-01-05');
  expect(frozen.err).toBe('');
  const { items } = await itemsOf(folder, 'asked');
  // In January i and j were won, in December f.
  expect(items[0]?.comparisons).toEqual([
    { with: 'prior_year', like_for_like: false, value: '0', change: '160', growth: null },
    { with: 'autumn', like_for_like: false, value: '40', change: '120', growth: 3 },
  ]);
  const { out } = await metrics(folder, 'scorecard', 'asked', ...asOf);
  expect(out).toContain('+€120 (+300%) better vs The last of autumn €40');
});

test('a baseline whose values add up to none of all is compared group by group', async () => {
  const folder = smallProject({
    'more.yaml': `version: 1
metrics: { median_deal: { formula: "median(deals.amount where stage = 'won')" } }
baselines: { in_2025: { metric: median_deal, period: 2025, by: [rep.region] } }
roles:
  asked:
    sees: all
    scorecard: [{ section: S, items: [{ metric: median_deal, period: 2026-Q1, by: [rep.region], compare: [in_2025] }] }]
`,
  });
  const frozen = await metrics(folder, 'baseline', 'freeze', 'in_2025', '--as-of', '2026-01-05');
  expect(frozen.err).toBe('');
  expect((await metrics(folder, 'validate')).code).toBe(0);
  const { items } = await itemsOf(folder, 'asked');
  // Won were 100, 60 and 70 in the north, 30, 90 and 5 in the south; the year before 25 and 40.
  expect(items[0]).toMatchObject({ value: 65, comparisons: [] });
  expect(items[0]?.groups?.rows).toMatchObject([
    {
      group: { 'rep.region': 'North' },
      value: 70,
      comparisons: [{ with: 'in_2025', like_for_like: false, value: 25, change: 45, growth: 1.8 }],
    },
    {
      group: { 'rep.region': 'South' },
      value: 30,
      comparisons: [{ with: 'in_2025', like_for_like: false, value: 40, change: -10, growth: -0.25 }],
    },
  ]);
});

describe('what cannot be shown', () => {
  test('a companion that cannot be asked as its metric is says why', async () => {
    const folder = smallProject({
      'more.yaml': `version: 1
metrics: { lead_metric: { formula: count(deals), balance_with: [activity_count] } }
roles:
  asked: { sees: all, scorecard: [{ section: S, items: [{ metric: lead_metric, where: "stage = 'won'" }] }] }
`,
    });
    const { items } = await itemsOf(folder, 'asked');
    expect(items[0]?.value).toBe(3);
    expect(items[0]?.companions).toMatchObject([
      {
        metric: 'activity_count',
        value: null,
        refusal: '`activity_count` cannot be filtered by `stage`: `activities` has no dimension `stage`',
      },
    ]);
  });

  test('metrics for which one name means two things are asked apart', async () => {
    const more = `version: 1
tables:
  offices: { from: offices.csv, key: office_id, columns: { office_id: string, city: string } }
  visits:
    from: visits.csv
    key: visit_id
    time: seen_on
    columns: { visit_id: string, office_id: string, seen_on: date }
    joins: { office: { to: offices, on: office_id } }
  tours:
    from: tours.csv
    key: tour_id
    time: seen_on
    columns: { tour_id: string, city: string, seen_on: date }
metrics: { visit_count: { formula: count(visits) }, tour_count: { formula: count(tours) } }
roles:
  asked:
    sees: all
    scorecard:
      - section: S
        items: [{ metric: visit_count, where: "city = 'Bonn'" }, { metric: tour_count, where: "city = 'Bonn'" }]
`;
    const folder = smallProject({
      'more.yaml': more,
      'offices.csv': 'office_id,city\no1,Bonn\no2,Graz\n',
      'visits.csv': 'visit_id,office_id,seen_on\nv1,o1,2026-03-01\nv2,o1,2026-03-02\nv3,o2,2026-03-02\n',
      'tours.csv': 'tour_id,city,seen_on\nt1,Bonn,2026-03-05\nt2,Graz,2026-03-05\n',
    });
    const { items } = await itemsOf(folder, 'asked');
    expect(items.map(({ metric, value }) => [metric, value])).toEqual([
      ['visit_count', 2],
      ['tour_count', 1],
    ]);
  });

  const refusals: readonly (readonly [words: readonly string[], code: number, said: string])[] = [
    [['nobody'], 2, 'there is no role `nobody`'],
    [['sales_directr'], 2, 'did you mean `sales_director`?'],
    [['sales_rep'], 1, 'error[M7005]'],
    [['sales_rep', '--user', 'rep_id='], 1, 'error[M7005]'],
    [['sales_rep', '--user', 'rep=r1'], 1, 'error[M7004]'],
    [['sales_director', '--period', '2026-13'], 1, 'query.period:1:1'],
    [['sales_director', '--out', 'nowhere/x.html'], 2, 'there is no such folder'],
  ];
  test.each(refusals)('%j', async (words, wanted, said) => {
    const { code, out, err } = await metrics(smallProject(), 'scorecard', ...words, ...asOf);
    expect([code, out]).toEqual([wanted, '']);
    expect(err).toContain(said);
    expect(err.match(/^error/gm)).toHaveLength(1);
  });

  test('a role without a scorecard is wrong usage', async () => {
    const folder = smallProject({ 'more.yaml': 'version: 1\nroles: { bare: { sees: all } }\n' });
    const { code, err } = await metrics(folder, 'scorecard', 'bare', ...asOf);
    expect([code, err]).toEqual([2, 'error: the role `bare` has no scorecard\n  = help: give `bare` a `scorecard:`\n']);
  });
});

test('items that differ in their metrics alone are one statement, and their lines another', async () => {
  const names = ['won_revenue', 'win_rate', 'activity_count', 'lost_deals', 'pipeline', 'attainment'];
  const items = names.map(metric => `{ metric: ${metric}, compare: [prior_period], trend: 12 months }`);
  const project = readProject(withItems(...items));
  if (!isSound(project)) throw new Error(JSON.stringify(project.diagnostics));
  const engine = await openWarehouse(profileOf(project.folder, project.declaration, null));
  let statements = 0;
  const counting: Engine = {
    ...engine,
    check: (...question) => engine.check(...question),
    execute: (...question) => {
      statements += 1;
      return engine.execute(...question);
    },
  };
  const scorecard = own(project.model.scorecards, 'asked');
  if (scorecard === undefined) throw new Error('no scorecard');
  const options = { now: endOf(parseDay('2026-03-17') ?? 0), asker: { as: 'asked' } };
  const { reading } = await runScorecard(project, counting, scorecard, options);
  await engine.close();
  expect(reading?.sections[0]?.cards.map(({ value }) => value.value)).toEqual(['95', 0.75, 6, 1, '50', 95 / 180]);
  expect(statements).toBe(2);
});
