/** Goals held against history: counts worked out by hand. */
import { describe, expect, test } from 'vitest';
import { judged } from '../../runtime/index.ts';
import { metrics, projectFolder } from '../support/project.ts';

const history = [100, 120, 90, null, 60, 150].map((value, index) => ({ bucket: `2025-0${index + 1}-01`, value }));

describe('how often it was reached', () => {
  test('values, and changes from one period to the next', () => {
    // Reached by 120 and 150. From 150, 120 is a fall of 20 %; of the steps +20 %, -25 %, +150 % two are no worse.
    expect(judged('2025-07-01', 120, history, 12, 'up')).toEqual({
      bucket: '2025-07-01',
      target: 120,
      periods: 5,
      reached: 2,
      best: { bucket: '2025-06-01', value: 150 },
      fromBefore: { from: 150, needed: -0.2, made: 2, of: 3 },
      fromYearBefore: null,
    });
  });

  test('where less is better', () => {
    // 90 and 60 are low enough; of the steps only -25 % is such a fall.
    const { reached, best, fromBefore } = judged('2025-07-01', 90, history, 12, 'down');
    expect([reached, best?.value, fromBefore]).toEqual([2, 60, { from: 150, needed: -0.4, made: 0, of: 3 }]);
  });

  test('from the same period a year before', () => {
    // Two a year: 90 -> 100 is +11 %, nothing -> 60 and so on are no steps; 60 and 150 stand against 90 and nothing.
    const { fromYearBefore } = judged('2025-07-01', 120, history, 2, 'up');
    expect(fromYearBefore).toEqual({ from: 60, needed: 1, made: 0, of: 2 });
  });

  test('nothing before', () => {
    expect(judged('2025-07-01', 120, [], 12, 'up')).toMatchObject({
      periods: 0,
      reached: 0,
      best: null,
      fromBefore: null,
    });
  });
});

test('explain says it, as of a day', async () => {
  const folder = projectFolder({
    'metrics.yaml': `version: 1
name: acme
tables:
  deals: { from: deals.csv, key: deal_id, time: closed_on, columns: { deal_id: string, amount: integer, closed_on: date } }
metrics: { won: { formula: sum(deals.amount) } }
goals: { won_goal: { metric: won, target: 150, grain: month } }
`,
    'deals.csv': 'deal_id,amount,closed_on\na,100,2026-01-05\nb,160,2026-02-05\nc,120,2026-03-05\nd,30,2026-04-02\n',
  });
  const { code, out } = await metrics(folder, 'explain', 'won_goal', '--realism', '--as-of', '2026-04-10');
  expect(code).toBe(0);
  expect(out).toBe(`won_goal: 150 in the month of 2026-04-01
  \`won\` reached it in 1 of 3 months; the best was 160, in that of 2026-02-01
  from the month before (120) that is a rise of 25.0 %, made in 1 of 2 such steps
`);
  expect((await metrics(folder, 'explain', 'won', '--realism')).code).toBe(2);
});
