/** What a role learns of the rows of its benchmark: averages and medians of members, and no value of one row. */
import { expect, test } from 'vitest';
import { compile, dialectNamed, readDocument, resolve } from '../../compiler/index.ts';
import { projectFolder, rowsOf } from '../support/project.ts';

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
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text }, 'project');
  if (document === null) throw new Error(JSON.stringify(diagnostics));
  const { model, diagnostics: found } = resolve([document]);
  expect(found).toEqual([]);
  const dialect = dialectNamed('duckdb');
  if (dialect === null) throw new Error('no dialect');
  const asked = (who: object) => compile(model, { metrics: ['asked'], ...who }, { day: 20_000, hour: 23 }, dialect);
  const { statement, diagnostics: refusals } = asked({ as: 'rep', user: { rep_id: 'r1' } });
  expect(refusals.map(({ code }) => code)).toEqual(isTold ? [] : ['M7011']);
  expect(statement === null).toBe(!isTold);
  expect(asked({}).diagnostics).toEqual([]);
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
