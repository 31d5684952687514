/** Baselines: what is frozen, what is compared with it, and what is never changed. The values are worked out by hand. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { metrics, projectFolder, rowsOf } from '../support/project.ts';

const files = {
  'metrics.yaml': `version: 1
name: acme
currency: EUR
users: { attributes: { rep_id: string, region: string } }
tables:
  reps: { from: reps.csv, key: rep_id, entity: rep, columns: { rep_id: string, name: string, region: string } }
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      rep_id: string
      stage: { type: string, values: [open, won, lost] }
      amount: { type: decimal, unit: currency }
      created_on: date
      closed_on: date
    joins: { rep: { to: reps, on: rep_id } }
    lifespans: { open: { from: created_on, until: closed_on } }
metrics:
  won: { formula: "sum(deals.amount where stage = 'won')" }
  win_rate: { formula: "count(deals where stage = 'won') / count(deals)", unit: percent }
  mean_amount: { formula: avg(deals.amount) }
  pipeline: { formula: sum(deals.amount) while open }
  median_deal: { formula: median(deals.amount) }
  north_rate: { formula: "win_rate where rep.region = 'North'" }
  ahead: { formula: won - won_2025.value }
baselines:
  won_2025: { metric: won, period: 2025, grain: month, by: [rep] }
  rate_h2: { metric: win_rate, period: 2025-H2 }
  mean_2025: { metric: mean_amount, period: 2025, grain: quarter, by: [rep.region] }
  pipeline_2025: { metric: pipeline, period: 2025, grain: month }
  won_q1: { metric: won, period: 2025-Q1 }
  median_2025: { metric: median_deal, period: 2025, grain: quarter, by: [rep.region] }
  north_2025: { metric: north_rate, period: 2025 }
roles:
  rep: { sees: rep = user.rep_id }
`,
  'reps.csv': 'rep_id,name,region\nr1,Ana,North\nr2,Ben,South\n',
  'deals.csv': `deal_id,rep_id,stage,amount,created_on,closed_on
a,r1,won,100,2025-01-10,2025-03-03
b,r1,lost,80,2025-06-15,2025-09-10
c,r2,won,50.5,2025-07-20,2025-12-01
d,r2,won,30,2026-03-01,2026-03-02
e,r1,won,250,2026-01-01,2026-03-20
f,,won,7,2025-03-01,2025-03-02
`,
};
const names = ['won_2025', 'rate_h2', 'mean_2025', 'pipeline_2025', 'won_q1', 'median_2025', 'north_2025'];

let folder = '';
beforeAll(async () => {
  folder = projectFolder(files);
  for (const name of names) {
    const { code, err } = await metrics(folder, 'baseline', 'freeze', name, '--as-of', '2026-01-05');
    expect([code, err.includes('error')]).toEqual([0, false]);
  }
  // What is corrected in the warehouse later changes nothing of what was frozen.
  const deals = path.join(folder, 'deals.csv');
  writeFileSync(deals, readFileSync(deals, 'utf8').replace('a,r1,won,100,', 'a,r1,won,999,'));
});

const ask = (question: string) => rowsOf(folder, 'query', ...question.split(' '), '--as-of', '2026-12-31');

describe('what is compared', () => {
  test('March with March, group by group; a group that was not there has nothing', async () => {
    expect(await ask('won won_2025.value won_2025.difference won_2025.growth ahead --by rep --period 2026-03')).toEqual(
      [
        {
          rep: 'r1',
          won: '250',
          'won_2025.value': '100',
          'won_2025.difference': '150',
          'won_2025.growth': 1.5,
          ahead: '150',
        },
        {
          rep: 'r2',
          won: '30',
          'won_2025.value': null,
          'won_2025.difference': null,
          'won_2025.growth': null,
          ahead: null,
        },
        { rep: null, won: '0', 'won_2025.value': '7', 'won_2025.difference': '-7', 'won_2025.growth': -1, ahead: '-7' },
      ],
    );
  });

  test('what follows from the frozen dimensions, and months together', async () => {
    expect(await ask('won_2025.value --by rep.region --period 2026')).toEqual([
      { 'rep.region': 'North', 'won_2025.value': '100' },
      { 'rep.region': 'South', 'won_2025.value': '50.5' },
      { 'rep.region': null, 'won_2025.value': '7' },
    ]);
    expect(await ask('won_2025.value --by quarter --period 2026')).toEqual([
      { quarter: '2026-01-01', 'won_2025.value': '107' },
      { quarter: '2026-04-01', 'won_2025.value': null },
      { quarter: '2026-07-01', 'won_2025.value': null },
      { quarter: '2026-10-01', 'won_2025.value': '50.5' },
    ]);
    expect(await ask('won_2025.value --period 2027-03')).toEqual([{ 'won_2025.value': '107' }]);
  });

  test('the month of now is compared with the whole of its like', async () => {
    const rows = await rowsOf(
      folder,
      'query',
      'won',
      'won_2025.value',
      '--by',
      'month',
      '--period',
      '2026-03',
      '--as-of',
      '2026-03-10',
    );
    expect(rows).toEqual([{ month: '2026-03-01', won: '280', 'won_2025.value': '107' }]);
  });

  test('a rate with any interval, computed again of its parts', async () => {
    // Of b and c, c was won.
    expect(await ask('win_rate rate_h2.value rate_h2.difference --period 2026-03')).toEqual([
      { win_rate: 1, 'rate_h2.value': 0.5, 'rate_h2.difference': 0.5 },
    ]);
  });

  test('a rate with a condition, which each of its parts has', async () => {
    // Of a and b, which are of North, a was won; of all four three were.
    expect(await ask('north_2025.value --period 2026')).toEqual([{ 'north_2025.value': 0.5 }]);
  });

  test('an average of larger groups than it was frozen for', async () => {
    // 2025: a 100, b 80, c 50.5, f 7.
    expect(await ask('mean_2025.value --period 2026')).toEqual([{ 'mean_2025.value': 59.375 }]);
    expect(await ask('mean_2025.value --by rep.region --period 2026')).toEqual([
      { 'rep.region': 'North', 'mean_2025.value': 90 },
      { 'rep.region': 'South', 'mean_2025.value': 50.5 },
      { 'rep.region': null, 'mean_2025.value': 7 },
    ]);
  });

  test('a level as it was at the end, also where that was nothing', async () => {
    // Alive at the end of March: none; of June: b; of September: c; of December: none.
    expect(await ask('pipeline_2025.value --by quarter --period 2026')).toEqual([
      { quarter: '2026-01-01', 'pipeline_2025.value': null },
      { quarter: '2026-04-01', 'pipeline_2025.value': '80' },
      { quarter: '2026-07-01', 'pipeline_2025.value': '50.5' },
      { quarter: '2026-10-01', 'pipeline_2025.value': null },
    ]);
  });

  test('without a grain, periods of the same length', async () => {
    expect(await ask('won_q1.value --period 2026-Q3')).toEqual([{ 'won_q1.value': '107' }]);
    expect((await metrics(folder, 'query', 'won_q1.value', '--period', '2026-07')).err).toContain('M6106');
  });

  test('what has no parts for each frozen group by itself', async () => {
    expect(await ask('median_2025.value --by rep.region,quarter --period 2026 --sparse')).toEqual([
      { 'rep.region': 'North', quarter: '2026-01-01', 'median_2025.value': 100 },
      { 'rep.region': 'North', quarter: '2026-07-01', 'median_2025.value': 80 },
      { 'rep.region': 'South', quarter: '2026-10-01', 'median_2025.value': 50.5 },
      { 'rep.region': null, quarter: '2026-01-01', 'median_2025.value': 7 },
    ]);
    expect(await ask('median_2025.difference --by rep.region,quarter --period 2026-Q1')).toEqual([
      { 'rep.region': 'North', quarter: '2026-01-01', 'median_2025.difference': 150 },
      { 'rep.region': 'South', quarter: '2026-01-01', 'median_2025.difference': null },
      { 'rep.region': null, quarter: '2026-01-01', 'median_2025.difference': null },
    ]);
    const words = ['query', 'median_2025.value', '--by', 'quarter', '--period', '2026', '--as-of', '2026-12-31'];
    expect((await metrics(folder, ...words)).err).toContain('M6107');
    expect(
      (await metrics(folder, 'query', 'median_2025.value', '--by', 'rep.region', '--period', '2026')).err,
    ).toContain('M6107');
    // Of the second half there is one quarter, of the first there are two.
    const halves = ['--by', 'rep.region,half', '--period', '2026-01..2026-09', '--as-of', '2026-12-31'];
    expect((await metrics(folder, 'query', 'median_2025.value', ...halves)).err).toContain('M6107');
  });

  test('a column behind a frozen key is no frozen one of its name', async () => {
    const own = projectFolder({
      'metrics.yaml': `version: 1
name: acme
tables:
  reps: { from: reps.csv, key: rep_id, entity: rep, columns: { rep_id: string, region: string } }
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns: { deal_id: string, rep_id: string, region: string, amount: integer, closed_on: date }
    joins: { rep: { to: reps, on: rep_id } }
metrics:
  middle: { formula: median(deals.amount) }
baselines:
  middle_2025: { metric: middle, period: 2025, by: [rep, deals.region] }
`,
      'reps.csv': 'rep_id,region\nr1,North\n',
      'deals.csv': `deal_id,rep_id,region,amount,closed_on
a,r1,East,10,2025-03-03
b,r1,West,30,2025-03-03
`,
    });
    await metrics(own, 'baseline', 'freeze', 'middle_2025', '--as-of', '2026-01-05');
    expect(
      await rowsOf(own, 'query', 'middle_2025.value', '--by', 'rep,rep.region,deals.region', '--period', '2026'),
    ).toEqual([
      { rep: 'r1', 'rep.region': 'North', 'deals.region': 'East', 'middle_2025.value': 10 },
      { rep: 'r1', 'rep.region': 'North', 'deals.region': 'West', 'middle_2025.value': 30 },
    ]);
    // Of r1 in the North there are two middles, and none of them is that of both.
    const words = ['query', 'middle_2025.value', '--by', 'rep,rep.region', '--period', '2026'];
    const { out, err } = await metrics(own, ...words);
    expect([out, err.includes('M6107')]).toEqual(['', true]);
  });

  test('values are found by their names, and so are names that are nearly theirs', async () => {
    const yaml = files['metrics.yaml'].replace('won - won_2025.value', 'won - won_2025.valeu');
    const { code, err } = await metrics(projectFolder({ ...files, 'metrics.yaml': yaml }), 'validate');
    expect([code, err.includes('did you mean `won_2025.value`?')], err).toEqual([1, true]);
  });
});

describe('for a role', () => {
  test('row rules hold on frozen values, at the dimensions that the rule names', async () => {
    const asRep = (question: string) =>
      rowsOf(folder, 'query', ...question.split(' '), '--as-of', '2026-12-31', '--as', 'rep', '--user', 'rep_id=r1');
    expect(await asRep('won_2025.value --by rep --period 2026')).toEqual([{ rep: 'r1', 'won_2025.value': '100' }]);
    expect(await asRep('mean_2025.value --period 2026')).toEqual([{ 'mean_2025.value': 90 }]);
    // Of r1 in the second half there is b alone, which was lost.
    expect(await asRep('rate_h2.value --period 2026')).toEqual([{ 'rate_h2.value': 0 }]);
  });

  test('what is not frozen by them is closed', async () => {
    const words = ['--by', 'rep.region,quarter', '--period', '2026', '--as', 'rep', '--user', 'rep_id=r1'];
    const { err } = await metrics(folder, 'query', 'median_2025.value', ...words);
    expect(err).toContain('error[M7008]: the role `rep` cannot read `median_2025`');
  });
});

describe('what was frozen stays', () => {
  test('freezing again adds to the file, and the last one counts', async () => {
    const own = projectFolder(files);
    const file = path.join(own, 'baselines/won_2025.jsonl');
    await metrics(own, 'baseline', 'freeze', 'won_2025', '--as-of', '2026-01-05');
    const first = readFileSync(file, 'utf8');
    const deals = path.join(own, 'deals.csv');
    writeFileSync(deals, readFileSync(deals, 'utf8').replace('a,r1,won,100,', 'a,r1,won,120,'));
    await metrics(own, 'baseline', 'freeze', 'won_2025', '--as-of', '2026-01-06');
    expect(readFileSync(file, 'utf8').startsWith(first)).toBe(true);
    expect(await rowsOf(own, 'query', 'won_2025.value', '--period', '2026-03')).toEqual([{ 'won_2025.value': '127' }]);
  });

  test('a changed value, a line between and a line behind are seen', async () => {
    const own = projectFolder(files);
    const file = path.join(own, 'baselines/won_2025.jsonl');
    await metrics(own, 'baseline', 'freeze', 'won_2025', '--as-of', '2026-01-05');
    const text = readFileSync(file, 'utf8');
    for (const other of [
      text.replace('"100"', '"101"'),
      text.replace('"r1"', '"r2"'),
      text.split('\n').slice(0, -2).join('\n'),
    ]) {
      writeFileSync(file, other);
      expect((await metrics(own, 'validate')).err).toContain('M6102');
      expect((await metrics(own, 'query', 'won_2025.value', '--period', '2026-03')).code).toBe(1);
    }
    writeFileSync(file, text);
    appendFileSync(file, '["2025-05-01","r1"]\n');
    expect((await metrics(own, 'validate')).err).toContain('M6101');
  });

  test('nothing is written where the question is refused', async () => {
    const own = projectFolder({
      ...files,
      'deals.csv': 'deal_id,rep_id,stage,amount,created_on,closed_on\na,r1,won,much,,\n',
    });
    const { code, err } = await metrics(own, 'baseline', 'freeze', 'won_2025');
    expect([code, err.includes('M9005')]).toEqual([1, true]);
    expect(() => readFileSync(path.join(own, 'baselines/won_2025.jsonl'))).toThrow();
  });
});
