/** Given values as the engine holds them: what a question over them says, worked out by hand. */
import { afterAll, describe, expect, test } from 'vitest';
import { isSoundlyRead, openTestEngine, readProject, runTests, testsOf } from '../../runtime/index.ts';
import { projectFolder } from '../support/project.ts';
import { definitions } from './project.ts';

const engine = await openTestEngine();
afterAll(() => engine.close());

/** The outcomes of the tests of a section, in words. */
async function outcomes(section: string): Promise<Readonly<Record<string, string>>> {
  const folder = projectFolder({ 'metrics.yaml': definitions, 'tests.yaml': `version: 1\ntests:\n${section}` });
  const project = readProject(folder);
  if (!isSoundlyRead(project)) throw new Error('not read');
  const found: [string, string][] = [];
  for await (const { test, outcome } of runTests(project, testsOf(project), engine, new AbortController().signal)) {
    const codes = outcome.kind === 'refused' ? `: ${outcome.diagnostics.map(({ code }) => code)}` : '';
    found.push([test.name, `${outcome.kind}${codes}`]);
  }
  return Object.fromEntries(found);
}

/** One deal with a value in a column, the metric that reads it, and what it must say. */
const single = (given: string, metric: string, expected: string) =>
  `  t: { given: { deals: [{ deal_id: a, stage: won, ${given} }] }, query: { metrics: [${metric}] }, expect: [{ ${metric}: ${expected} }] }\n`;

describe('a value is what is written', () => {
  test.each([
    [
      'a decimal with more digits than a float has',
      single('amount: 12345678901234567890.123456789', 'won', '12345678901234567890.123456789'),
    ],
    ['a negative one without a digit before its point', single('amount: -.5', 'won', '-0.5')],
    ['one with a plus sign and no digit behind its point', single('amount: +12.', 'won', '12')],
    ['text that looks like a number', single('amount: "007.50"', 'won', '7.5')],
    ['nothing', single('amount: null', 'won', '0')],
    [
      'a time in the zone of the project, in winter',
      single('touched_at: 2026-02-03T14:30', 'last_touch', '2026-02-03T13:30Z'),
    ],
    ['in summer', single('touched_at: 2026-07-03 14:30:15.25', 'last_touch', '2026-07-03T12:30:15.250Z')],
    ['with an offset', single('touched_at: 2026-07-03T14:30-03:30', 'last_touch', '2026-07-03T18:00Z')],
    ['a time in the zone on both sides', single('touched_at: 2026-07-03T14:30Z', 'last_touch', '2026-07-03T16:30')],
    ['a day for a time is its beginning', single('touched_at: 2026-07-03', 'last_touch', '2026-07-02T22:00Z')],
  ])('%s', async (_, section) => {
    expect(await outcomes(section)).toEqual({ t: 'passed' });
  });
});

describe('numbers agree to 1e-9', () => {
  const amount = (given: string, expected: string) => single(`amount: ${given}`, 'won', expected);
  test.each([
    ['a decimal that is as near as that', amount('0.1', '0.100000001'), 'passed'],
    ['one that is not', amount('0.1', '0.1000000011'), 'differs'],
    ['one that is large', amount('100000000000000.00', '100000000000000.01'), 'differs'],
    ['one with an exponent', amount('1250', '1.25e3'), 'passed'],
    ['nothing is not 0', single('amount: 0', 'last_touch', '0').replace('last_touch: 0', 'last_touch: null'), 'passed'],
    ['and 0 is not nothing', amount('0', 'null'), 'differs'],
  ])('%s', async (_, section, outcome) => {
    expect(await outcomes(section)).toEqual({ t: outcome });
  });

  test.each([
    ['1 of 3', '0.333333333', 'passed'],
    ['written out', '0.33333333333333333333', 'passed'],
    ['too short', '0.33333333', 'differs'],
  ])('a ratio %s', async (_, expected, outcome) => {
    const rows = '[{ deal_id: a, stage: won }, { deal_id: b, stage: lost }, { deal_id: c, stage: open }]';
    const section = `  t: { given: { deals: ${rows} }, query: { metrics: [win_rate] }, expect: [{ win_rate: ${expected} }] }\n`;
    expect(await outcomes(section)).toEqual({ t: outcome });
  });
});

describe('rows', () => {
  const deals =
    '[{ deal_id: a, rep_id: r1, stage: won, amount: 5 }, { deal_id: b, rep_id: r2, stage: won, amount: 7 }]';
  const by = (query: string, expected: string) =>
    `  t: { given: { deals: ${deals} }, query: { metrics: [won, deal_count], by: [rep]${query} }, expect: ${expected} }\n`;

  test.each([
    ['in another order', by('', '[{ rep: r2, won: 7 }, { rep: r1, won: 5 }]'), 'passed'],
    ['in the asked order', by(', order: [won desc]', '[{ rep: r2, won: 7 }, { rep: r1, won: 5 }]'), 'passed'],
    [
      'in another order than the asked one',
      by(', order: [won desc]', '[{ rep: r1, won: 5 }, { rep: r2, won: 7 }]'),
      'differs',
    ],
    ['with some columns alone', by('', '[{ won: 5 }, { won: 7 }]'), 'passed'],
    ['with other columns each', by('', '[{ deal_count: 1 }, { rep: r1, won: 5 }]'), 'passed'],
    [
      'where only one way of pairing them is right',
      by('', '[{ deal_count: 1 }, { deal_count: 1, rep: r1 }]'),
      'passed',
    ],
    ['too few', by('', '[{ rep: r1 }]'), 'differs'],
    ['too many', by('', '[{ rep: r1 }, { rep: r2 }, { rep: r3 }]'), 'differs'],
    ['the same one twice', by('', '[{ rep: r1 }, { rep: r1 }]'), 'differs'],
    ['none', by(", where: rep = 'r9'", '[]'), 'passed'],
    ['none expected', by('', '[]'), 'differs'],
  ])('%s', async (_, section, outcome) => {
    expect(await outcomes(section)).toEqual({ t: outcome });
  });

  test('of a table that is not given there are none, and keys may repeat', async () => {
    const twice =
      '[{ deal_id: a, rep_id: r1, stage: won, amount: 5 }, { deal_id: a, rep_id: r1, stage: won, amount: 5 }]';
    const section = `
  first: { given: { deals: ${twice}, reps: [{ rep_id: r1, region: North }] }, query: { metrics: [won], by: [rep.region] }, expect: [{ rep.region: North, won: 10 }] }
  second: { given: { deals: ${twice} }, query: { metrics: [won], by: [rep.region] }, expect: [{ rep.region: null, won: 10 }] }
  third: { query: { metrics: [won] }, expect: [{ won: 0 }] }
`;
    expect(await outcomes(section)).toEqual({ first: 'passed', second: 'passed', third: 'passed' });
  });

  test('numbers of another size in the same column, from test to test', async () => {
    const of = (amount: string) => single(`amount: ${amount}`, 'won', amount).replace('  t:', '');
    const section = ['5', '0.25', '99999999999999999999999999999999999999', '5']
      .map((amount, index) => `  t${index}:${of(amount)}`)
      .join('');
    expect(Object.values(await outcomes(section))).toEqual(['passed', 'passed', 'passed', 'passed']);
  });
});

describe('refusals', () => {
  const refused = (query: string, code: string) => `  t: { query: { ${query} }, expect_error: ${code} }\n`;
  test.each([
    ['of names', refused('metrics: [won], by: [regoin]', 'M2001'), 'passed'],
    ['by an alias', refused('metrics: [won], by: [regoin]', 'E_NAME_NOT_FOUND'), 'passed'],
    ['of periods', refused('metrics: [won], period: 2026-13', 'M5002'), 'passed'],
    ['of plans', refused('metrics: [won], by: [hour], period: 2000..2300', 'M5008'), 'passed'],
    [
      'of answers: a sum beyond 38 digits',
      `  t: { given: { deals: [{ stage: won, amount: ${'9'.repeat(38)} }, { stage: won, amount: ${'9'.repeat(38)} }] }, query: { metrics: [won] }, expect_error: M9012 }\n`,
      'passed',
    ],
    ['another one', refused('metrics: [won], by: [regoin]', 'M4001'), 'refused: M2001'],
    ['none', refused('metrics: [won]', 'M4001'), 'answered'],
  ])('%s', async (_, section, outcome) => {
    expect(await outcomes(section)).toEqual({ t: outcome });
  });
});

test('without a day every period is over, whenever the test is run', async () => {
  const rows = '[{ deal_id: a, stage: won, amount: 5, closed_on: 2031-02-03 }]';
  const section = `  t: { given: { deals: ${rows} }, query: { metrics: [won], by: [quarter], period: 2031 }, expect: [{ won: 5 }, { won: 0 }, { won: 0 }, { won: 0 }] }\n`;
  expect(await outcomes(section)).toEqual({ t: 'passed' });
});
