/** Declarations of tests: what is wrong with given rows, questions and expectations, each at its place, with the cure. */
import { describe, expect, test } from 'vitest';
import { check } from './project.ts';

const asked = 'query: { metrics: [won] }';
const given = (rows: string) => `  t: { given: { ${rows} }, ${asked}, expect: [{ won: 0 }] }`;
const expecting = (query: string, rows: string) => `  t: { as_of: 2026-03-31, query: { ${query} }, expect: [${rows}] }`;

type Case = readonly [marked: string, ...codes: string[]];

const cases: Readonly<Record<string, readonly Case[]>> = {
  'what is right': [
    [`  t: { ${asked}, expect: [] }`],
    [`  t: { given: {}, ${asked}, expect: [{ won: 0 }] }`],
    [`  t: { given: { reps: [], deals: [{}] }, ${asked}, expect: [{ won: null }] }`],
    [`  t: { ${asked}, expect_error: M4001 }`],
    [`  t: { ${asked}, expect_error: E_NO_PATH }`],
    [`  t: { description: Why., as_of: 2026-03-31, ${asked}, expect: [{ won: "0" }] }`],
    // A question that is to be refused may be wrong in any way.
    ['  t: { query: { metrics: [wn], by: [nothing], period: last year }, expect_error: M2001 }'],
  ],
  'tables and columns that are not there': [
    [given('«dels»: []'), 'M2001'],
    [given('«deals.csv»: []'), 'M2001'],
    [given('deals: [{ «amuont»: 1 }, { amount: 1, «constructor»: 2 }]'), 'M2001', 'M2001'],
    // The warehouse's name is not the model's.
    [given('deals: [{ «STAGE_NAME»: won }]'), 'M2001'],
    [given('deals: [{ «rep.region»: North }]'), 'M2001'],
  ],
  'computed columns': [[given('deals: [{ stage: won, «is_won»: true }]'), 'M1027']],
  'values that do not fit': [
    [given('deals: [{ amount: «ten» }, { amount: «1e3» }, { amount: "«1,5»" }]'), 'M1008', 'M1008', 'M1008'],
    [given('deals: [{ amount: «0x1F» }, { amount: «.inf» }, { amount: «true» }]'), 'M1008', 'M1008', 'M1008'],
    [given('deals: [{ seats: «1.0» }, { seats: «two» }]'), 'M1008', 'M1008'],
    [given('deals: [{ weight: «heavy» }]'), 'M1008'],
    [given('deals: [{ is_new: «yes» }, { is_new: «1» }]'), 'M1008', 'M1008'],
    [given('deals: [{ closed_on: «2026-02-30» }]'), 'M5004'],
    [given('deals: [{ closed_on: «2026-02-03T10:00» }, { closed_on: «20260203» }]'), 'M1008', 'M1008'],
    [given('deals: [{ closed_on: «3/5/2026» }]'), 'M1008'],
    [given('deals: [{ touched_at: «noon» }, { touched_at: «2026-02-03T25:00» }]'), 'M1008', 'M5004'],
    // Together they would need 39 digits.
    [given(`deals: [{ amount: 1${'0'.repeat(29)} }, { amount: «0.${'1'.repeat(9)}» }]`), 'M1008'],
    [given(`deals: [{ seats: «1${'0'.repeat(38)}» }]`), 'M1008'],
  ],
  expectations: [
    [`  «t»: { ${asked} }`, 'M1026'],
    [`  t: { ${asked}, expect: [{ won: 0 }], «expect_error»: M4001 }`, 'M1026'],
    [`  t: { expect: [{ won: 0 }], ${asked}, «expect_error»: M4001 }`, 'M1026'],
    [`  t: { expect_error: M4001, ${asked}, «expect»: [] }`, 'M1026'],
    [expecting('metrics: [won]', '{ «wn»: 0 }'), 'M2013'],
    [
      expecting('metrics: [won], by: [rep.region]', '{ rep.region: North, won: 1 }, { «region»: North, won: 1 }'),
      'M2013',
    ],
    [expecting('metrics: [won]', '{ won: «much» }'), 'M1008'],
    [
      expecting('metrics: [won], by: [month], period: 2026-Q1', '{ month: «2026-01» }, { month: «2026-02-30» }'),
      'M1008',
      'M5004',
    ],
    [expecting('metrics: [is_good]', '{ is_good: «maybe» }'), 'M1008'],
    [`  t: { ${asked}, expect_error: «M9999» }`, 'M2001'],
    [`  t: { ${asked}, expect_error: «E_NO_PTAH» }`, 'M2001'],
  ],
  questions: [
    [expecting('metrics: [«wn»]', ''), 'M2001'],
    [expecting('metrics: [won, deal_count], by: [month, rep, rep.«regoin»], period: 2026', ''), 'M2001'],
    [expecting(`metrics: [won], where: "rep.region = 'x' and «stag» = 'won'"`, ''), 'M2001'],
    [expecting('metrics: [won], having: won > 1 and «deal_cuont» > 2', ''), 'M2001'],
    [expecting('metrics: [won], period: «2026-13»', ''), 'M5002'],
    [expecting('metrics: [won], by: [month], order: [month, «wonn» desc]', ''), 'M2010'],
    [expecting('metrics: [won], by: [rep], complete: [rep, «month»]', ''), 'M4010'],
    // Inside quotes, and behind an escape.
    [expecting(`metrics: [won], where: "rep.region = 'x\\" y' and «stag» = 'won'"`, ''), 'M2001'],
    [`  «t»: { as_of: 2026-03-31, query: { metrics: [won], user: { region: North } }, expect: [{ won: 0 }] }`, 'M7007'],
    [`  t: { as_of: «2026-02-30», ${asked}, expect: [{ won: 0 }] }`, 'M5004'],
  ],
  'names that are given twice': [[`  t: { ${asked}, expect: [] }\n  u: { ${asked}, expect: [] }`]],
  'answers that depend on the day': [
    ['  t: { query: { metrics: [won], period: «last 12 months» }, expect: [{ won: 0 }] }', 'M1028'],
    ['  t: { query: { metrics: [won], period: «year to date» }, expect: [{ won: 0 }] }', 'M1028'],
    ['  t: { query: { metrics: [won, «open_deals»] }, expect: [{ won: 0 }] }', 'M1028'],
    ['  t: { query: { metrics: [«age»] }, expect: [] }', 'M1028'],
    ['  t: { as_of: 2026-03-31, query: { metrics: [age, open_deals], period: last month }, expect: [] }'],
    // What is over by any day does not.
    ['  t: { query: { metrics: [won, open_deals], by: [month], period: 2026 }, expect: [] }'],
    ['  t: { query: { metrics: [won, age], period: 2026-03-05..2026-04-02 }, expect: [] }'],
    ['  t: { query: { metrics: [won], by: [month] }, expect: [] }'],
  ],
};

describe.each(Object.entries(cases))('%s', (_, table) => {
  test.each(table)('%s', (marked, ...codes) => {
    check(marked, codes);
  });
});

test('two files may not have a test of one name', () => {
  const metrics = 'tests:\n  t: { query: { metrics: [won] }, expect: [] }\n';
  const tests = check('  «t»: { query: { metrics: [won] }, expect: [] }', ['M2002'], metrics);
  expect(
    tests.flatMap(each => each.diagnostics.flatMap(({ related }) => related.map(({ span }) => span.file))),
  ).toEqual(['metrics.yaml']);
});

test('where something else is broken, questions are not looked at, and rows are', () => {
  const broken = '  wrong: { formula: sum(deals.amuont) }\n';
  check(
    '  t: { given: { deals: [{ «amuont»: 1 }] }, query: { metrics: [wrong] }, expect: [{ other: 1 }] }',
    ['M2001'],
    broken,
  );
});

test.each([
  ['a table', given('«dels»: []'), 'did you mean `deals`?'],
  ['a column', given('deals: [{ «amuont»: 1 }]'), 'did you mean `amount`?'],
  ['a column by its name in the warehouse', given('deals: [{ «STAGE_NAME»: x }]'), 'did you mean `stage`?'],
  ['a code', `  t: { ${asked}, expect_error: «E_NO_PTAH» }`, 'did you mean `E_NO_PATH`?'],
])('%s that was meant', (_, marked, help) => {
  const [found] = check(marked, ['M2001']).flatMap(each => each.diagnostics);
  expect(found?.help).toBe(help);
});

test('what the answer has is said where a column is not among it', () => {
  const tests = check(expecting('metrics: [won], by: [month]', '{ «quarter»: 2026-01-01 }'), ['M2013']);
  expect(tests.flatMap(each => each.diagnostics.map(({ help }) => help))).toEqual(['its columns are month, won']);
});
