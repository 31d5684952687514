/** What `explain` says to a role: nothing of what it hides. */
import { expect, test } from 'vitest';
import { metrics, projectFolder } from '../support/project.ts';

const project = projectFolder({
  'metrics.yaml': `version: 1
name: acme
users: { attributes: { region: string } }
tables:
  deals:
    from: deals.csv
    key: deal_id
    columns: { deal_id: integer, region: string, amount: decimal, margin: decimal }
metrics:
  revenue: { formula: sum(deals.amount), balance_with: [profit] }
  profit: { formula: sum(deals.margin) }
  profit_rate: { formula: profit / revenue }
  double: { formula: revenue * 2 }
roles:
  seller: { sees: deals.region = user.region, hides: [profit, deals.margin] }
  buyer: { sees: deals.region = user.region }
`,
});

async function explained(...words: readonly string[]) {
  const { code, out, err } = await metrics(project, 'explain', ...words);
  return { code, text: out + err };
}

test('a metric that is hidden is unknown', async () => {
  const unknown = await explained('profits', '--as', 'seller');
  const hidden = await explained('profit', '--as', 'seller');
  expect(hidden.code).toBe(2);
  expect(hidden.text).toBe(unknown.text.replace('profits', 'profit'));
  expect(unknown.text).not.toContain('`profit`?');
  expect((await explained('profits')).text).toContain('did you mean `profit`?');
});

test('what is said of others leaves it out', async () => {
  const whole = await explained('revenue');
  expect(whole.text).toContain('profit_rate, double');
  expect(whole.text).toMatch(/read with +profit\n/);
  const revenue = await explained('revenue', '--as', 'seller', '--user', 'region=North');
  expect(revenue.text).toMatch(/used by +profit_rate, double\n/);
  expect(revenue.text).not.toMatch(/read with|\bprofit\b|margin/);
  const rate = await explained('profit_rate', '--as', 'seller', '--user', 'region=North');
  expect(rate.text).toMatch(/stands on +revenue\n/);
  expect(rate.text).not.toMatch(/\bprofit\b|margin|formula|measures|select/);
});

test('the SQL is that of the role, which hides no names', async () => {
  expect((await explained('profit', '--as', 'buyer', '--user', 'region=North')).text).toContain('where region = $1');
  expect((await explained('profit', '--as', 'buyer')).text).not.toContain('select');
});

test('a role that is not there', async () => {
  const { code, text } = await explained('profit', '--as', 'sellers');
  expect([code, text]).toEqual([2, 'error: there is no role `sellers`\n  = help: did you mean `seller`?\n']);
});
