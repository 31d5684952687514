/** Goals on the command line: what one says, the rows behind what it gives, and a warehouse that has none of its tables. */
import { describe, expect, test } from 'vitest';
import { metrics, projectFolder } from '../support/project.ts';

const folder = projectFolder({
  'metrics.yaml': `version: 1
name: goals
currency: EUR
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns: { deal_id: string, rep_id: string, amount: { type: decimal, unit: currency }, closed_on: date }
metrics:
  won: { formula: sum(deals.amount), good: up }
goals:
  won_goal:
    label: { en: Won this month }
    objective: Grow
    owner: sales
    metric: won
    grain: month
    by: [rep_id]
    pace: working_days
    status: { at_risk: 0.7 }
    target: [{ period: 2026-03, rep_id: r1, value: 220 }, { period: 2026-03, rep_id: "r'2", value: 0.5 }]
`,
  'deals.csv': 'deal_id,rep_id,amount,closed_on\na,r1,33,2026-03-02\nb,r3,5,2026-03-03\n',
});

describe('goals', () => {
  test('explain says what one is and gives', async () => {
    const { code, out } = await metrics(folder, 'explain', 'won_goal');
    expect(code).toBe(0);
    for (const part of ['Won this month (en)', 'Grow', 'sales', 'month', 'rep_id', 'working_days', '0.7'])
      expect(out).toContain(part);
    for (const part of ['2026-03-01', '2026-04-01', 'won_goal.landing', 'metrics.yaml:13']) expect(out).toContain(part);
  });

  test('texts of targets are asked for as they are', async () => {
    const words = [
      'query',
      'won_goal.target',
      'won_goal.pace',
      '--by',
      'rep_id',
      '--period',
      '2026-03',
      '--as-of',
      '2026-03-03',
    ];
    const { code, out, err } = await metrics(folder, ...words, '--format', 'csv');
    // March has 22 working days, of which two are over: 20 of 220 are due.
    expect([code, err, out]).toEqual([0, '', "rep_id,won_goal.target,won_goal.pace\nr'2,0.5,0\nr1,220,1.65\nr3,,\n"]);
  });

  test('the rows behind an attainment are those of its metric', async () => {
    const { code, out } = await metrics(
      folder,
      'rows',
      'won_goal.attainment',
      '--period',
      '2026-03',
      '--as-of',
      '2026-03-10',
    );
    expect(code).toBe(0);
    expect(out).toContain('33');
    const target = await metrics(folder, 'rows', 'won_goal.target', '--period', '2026-03');
    expect([target.code, target.out.includes('220')]).toEqual([0, true]);
    expect(target.out).not.toContain('goal:');
  });
});
