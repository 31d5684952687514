/** What a role learns of the rows of its benchmark: averages and medians of members, and no value of one row. */
import { describe, expect, test } from 'vitest';
import { compile, dialectNamed, type Query, readDocument, resolve } from '../../compiler/index.ts';
import { metrics, projectFolder, rowsOf } from '../support/project.ts';

const definitions = (metrics: string) => `version: 1
name: acme
users: { attributes: { rep_id: string } }
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns: { deal_id: integer, rep_id: string, amount: decimal, closed_on: date }
    joins: { rep: { to: reps, on: rep_id } }
  reps: { from: reps.csv, key: rep_id, entity: rep, columns: { rep_id: string, region: string } }
metrics:
${metrics}
roles:
  rep: { sees: rep = user.rep_id, benchmark: rep.region is not null }
`;

/** The codes with which a question is refused as the role. */
function refusalsOf(text: string, query: Omit<Query, 'as'>): readonly string[] {
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text }, 'project');
  if (document === null) throw new Error(JSON.stringify(diagnostics));
  const { model, diagnostics: found } = resolve([document]);
  expect(found).toEqual([]);
  const dialect = dialectNamed('duckdb');
  if (dialect === null) throw new Error('no dialect');
  return compile(model, { ...query, as: 'rep' }, { day: 20_000, hour: 23 }, dialect).diagnostics.map(
    ({ code }) => code,
  );
}

test.each<[formula: string, isTold: boolean]>([
  ['sum(deals.amount)', true],
  ['count(deals)', true],
  ['avg(deals.amount)', true],
  ['median(deals.amount)', true],
  ['stddev(deals.amount)', true],
  ['min(deals.amount)', false],
  ['max(deals.amount)', false],
  ['first(deals.amount)', false],
  ['last(deals.amount)', false],
  ['if(any(deals.amount > 5), 1, 0)', false],
  ['if(all(deals.amount > 5), 1, 0)', false],
  ['percentile(deals.amount, 0.9)', false],
])('total(%s) is told of others: %s', (formula, isTold) => {
  const text = definitions(`  asked: { formula: "total(${formula})" }`);
  const refusals = refusalsOf(text, { metrics: ['asked'], user: { rep_id: 'r1' } });
  expect(refusals).toEqual(isTold ? [] : ['M7011']);
});

test('whoever is one of several that differ in two things is ranked by both', () => {
  const text = definitions('  place: { formula: rank(sum(deals.amount)) }')
    .replace('{ rep_id: string } }\ntables', '{ rep_id: string, since: date } }\ntables')
    .replace('sees: rep = user.rep_id', 'sees: rep = user.rep_id and deals.closed_on >= user.since');
  const asked = (...by: readonly string[]) =>
    refusalsOf(text, { metrics: ['place'], by, user: { rep_id: 'r1', since: '2026-01-01' } });
  expect([asked('rep'), asked('rep', 'deals.closed_on')]).toEqual([['M7012'], []]);
});

test('averages and medians of members are those of all', async () => {
  const folder = projectFolder({
    'metrics.yaml': definitions(`  sold: { formula: sum(deals.amount) }
  mean: { formula: avg(sold per rep) }
  middle: { formula: median(sold per rep) }
  most: { formula: max(sold per rep) }`),
    'reps.csv': 'rep_id,region\nr1,north\nr2,north\nr3,north\nr4,south\nr5,south\n',
    'deals.csv': `deal_id,rep_id,amount,closed_on
1,r1,100,2026-01-05
2,r2,60,2026-01-06
3,r3,70,2026-01-07
4,r4,230,2026-01-08
5,r1,10,2026-02-05
6,r2,75,2026-02-06
7,r5,20,2026-02-09
`,
  });
  const ask = (...who: readonly string[]) =>
    rowsOf(folder, 'query', 'sold', 'mean', 'middle', 'most', '--as-of', '2026-03-01', ...who);
  // 20, 70, 110, 135 and 230.
  expect(await ask()).toEqual([{ sold: '565', mean: 113, middle: 110, most: '230' }]);
  expect(await ask('--as', 'rep', '--user', 'rep_id=r2')).toEqual([
    { sold: '135', mean: 113, middle: 110, most: '135' },
  ]);
});

/** Four members sold in January, three in February, five in March, and nobody in particular in two of them. */
const year = projectFolder({
  'metrics.yaml': definitions(`  sold: { formula: sum(deals.amount) }
  whole: { formula: total(sold) }
  whole_or_none: { formula: "coalesce(total(sold), 0)" }
  is_much: { formula: "if(total(sold) > 100, 1, 0)" }
  is_little: { formula: "not (total(sold) > 100)" }
  other_than: { formula: "nullif(1, total(sold))" }
  or_zero: { formula: total(sold), empty: zero }
  by_month: { formula: sum(total(sold within time) per month) }
  all_by_month: { formula: total(sum(sold per month)) }
  good_months: { formula: count(sold per month having total(sold within time) > 10) }
  beside: { formula: "sold + coalesce(whole_or_none, 1)" }
  mean: { formula: "coalesce(avg(sold per rep), 0)" }
  place: { formula: rank(sold) }
  place_then: { formula: rank(sold within time) }
  place_or_last: { formula: "coalesce(place_then, 99)" }
  ranked_then: { formula: total(count(sold per rep) within time) }
  of_mine: { formula: total(sold within rep) }
  of_deal: { formula: "sum(coalesce(total(sold within deals.deal_id), 0) per deals.deal_id)" }
  heads: { formula: total(count(reps)) }
  across_regions: { formula: total(sold across rep.region) }
  part_of_mine: { formula: share(sold across time) }
  place_of_part: { formula: rank(share(sold)) }`).replace(
    'benchmark: rep.region is not null',
    'benchmark: deals.amount > 0',
  ),
  'reps.csv': 'rep_id,region\nr1,north\nr2,north\nr3,north\nr4,south\nr5,south\n',
  'deals.csv': `deal_id,rep_id,amount,closed_on
1,r1,100,2026-01-05
2,r2,60,2026-01-06
3,r3,70,2026-01-07
4,r4,230,2026-01-08
5,r1,10,2026-02-05
6,r2,75,2026-02-06
7,r5,20,2026-02-09
8,r1,1,2026-03-02
9,r2,2,2026-03-02
10,r3,4,2026-03-02
11,r4,8,2026-03-02
12,r5,2,2026-03-02
13,,500,2026-03-03
14,,1,2026-01-09
`,
});

const asRep = ['--as', 'rep', '--user', 'rep_id=r2', '--as-of', '2026-03-31'];
const [january, march] = [
  ['--period', '2026-01'],
  ['--period', '2026-03'],
];

// In January too few sold for anything of others to be known, so that nothing that is made of it is. All year it is 1083.
test.each<[metric: string, inJanuary: unknown, inMarch: unknown, allTime: unknown]>([
  ['whole', null, '517', '1083'],
  ['whole_or_none', null, '517', '1083'],
  ['is_much', null, 1, 1],
  ['is_little', null, false, false],
  ['other_than', null, '1', '1'],
  ['or_zero', null, '517', '1083'],
  ['by_month', null, '517', null],
  ['all_by_month', null, '517', null],
  ['good_months', null, 1, null],
  ['beside', null, '519', '1220'],
  ['ranked_then', null, 6, 6],
  ['across_regions', null, '517', '1083'],
  // Of a member, or of a single deal, there are no others; and months are one's own.
  ['of_mine', '60', '2', '137'],
  ['of_deal', '60', '2', '137'],
])('%s is known where five stand behind it', async (metric, inJanuary, inMarch, allTime) => {
  const ask = async (...period: readonly string[]) => {
    const [row] = await rowsOf(year, 'query', metric, ...period, ...asRep);
    return row?.[metric];
  };
  expect([await ask(...january), await ask(...march), await ask()]).toEqual([inJanuary, inMarch, allTime]);
});

test('a total within members, or across what they have in common, is of the own rows', async () => {
  expect(await rowsOf(year, 'query', 'part_of_mine', '--by', 'month', ...asRep)).toEqual([
    { month: '2026-01-01', part_of_mine: 60 / 137 },
    { month: '2026-02-01', part_of_mine: 75 / 137 },
    { month: '2026-03-01', part_of_mine: 2 / 137 },
  ]);
  expect(await rowsOf(year, 'query', 'of_mine', '--by', 'rep', ...january, ...asRep)).toEqual([
    { rep: 'r2', of_mine: '60' },
  ]);
});

describe('a place', () => {
  const ask = (...words: readonly string[]) => rowsOf(year, 'query', ...words, ...asRep);

  test("is that among all, with what is nobody's", async () => {
    // 501 of nobody, 238, 137, 111, 74 and 22.
    expect(await ask('place', '--by', 'rep')).toEqual([{ rep: 'r2', place: 3 }]);
    expect(await ask('place', '--by', 'rep.region,rep')).toEqual([{ 'rep.region': 'north', rep: 'r2', place: 3 }]);
  });

  test('is not known among fewer than five, and nothing else stands for it', async () => {
    expect(
      await ask('sold', 'place_then', 'place_or_last', '--by', 'month,rep', '--period', '2026-01..2026-03'),
    ).toEqual([
      { month: '2026-01-01', rep: 'r2', sold: '60', place_then: null, place_or_last: null },
      { month: '2026-02-01', rep: 'r2', sold: '75', place_then: null, place_or_last: null },
      { month: '2026-03-01', rep: 'r2', sold: '2', place_then: 4, place_or_last: 4 },
    ]);
  });

  test('is among the own where things are ranked', async () => {
    expect(await ask('place', '--by', 'month')).toEqual([
      { month: '2026-01-01', place: 2 },
      { month: '2026-02-01', place: 1 },
      { month: '2026-03-01', place: 3 },
    ]);
    expect(await ask('place', '--by', 'deals.deal_id')).toEqual([
      { 'deals.deal_id': 2, place: 2 },
      { 'deals.deal_id': 6, place: 1 },
      { 'deals.deal_id': 9, place: 3 },
    ]);
  });

  test.each([
    [['place']],
    [['place', '--by', 'rep.region']],
    [['place', '--by', 'rep,month']],
    [['place', '--by', 'rep,deals.deal_id']],
    [['place_then', '--by', 'month']],
    [['place_of_part', '--by', 'rep']],
  ])('would not be what it seems: %j', async words => {
    const { code, err } = await metrics(year, 'query', ...words, ...asRep);
    expect([code, err.slice(0, 12)]).toEqual([1, 'error[M7012]']);
  });
});

describe('a condition that leaves members out', () => {
  const codeOf = async (...words: readonly string[]) => {
    const { err } = await metrics(year, 'query', ...words, ...asRep);
    return /M\d{4}/.exec(err)?.[0] ?? null;
  };

  test.each([
    ["rep <> 'r4'", 'M7012'],
    ["rep.region = 'north'", 'M7012'],
    ['rep is not null and deals.amount > 1', 'M7012'],
    ['deals.amount > 1', null],
  ])('%s', async (condition, code) => {
    expect(await codeOf('whole', '--where', condition)).toBe(code);
    expect(await codeOf('mean', '--where', condition)).toBe(code);
    expect(await codeOf('place', '--by', 'rep', '--where', condition)).toBe(code);
    expect(await codeOf('sold', '--where', condition, '--having', 'whole > 0')).toBe(code);
    // Of the own rows alone nobody is told.
    expect(await codeOf('sold', '--where', condition)).toBeNull();
  });

  test('on the rows of the members themselves', async () => {
    expect(await codeOf('heads', '--where', "rep.region = 'north'")).toBe('M7012');
    expect(await codeOf('heads')).toBeNull();
  });

  test.each([
    ["total(sold where rep <> 'r4') > 0", 'M7012'],
    ["total(sum(deals.amount where rep.region = 'north')) > 0", 'M7012'],
    ['total(sold where deals.amount > 1) > 0', null],
    ['total(sum(sold per rep having sold > 100)) > 0', 'M7012'],
    ['sum(sold per month having sold > 1) > 0', null],
    ["sum(deals.amount where rep <> 'r4') > 0", null],
  ])('in having: %s', async (having, code) => {
    expect(await codeOf('sold', '--having', having)).toBe(code);
  });
});
