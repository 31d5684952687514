/** AdventureWorks' totals, as they were published beside the data. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { rowsOf } from '../support/project.ts';

const project = path.join(import.meta.dirname, '../projects/adventureworks');
const data = path.join(import.meta.dirname, '../../../shared/data/adventureworks');

beforeAll(() => {
  if (!existsSync(data)) throw new Error(`AdventureWorks is not at ${data}: these tests need it`);
});

test('orders in all, with a sales person and online, to the last of four decimals', async () => {
  const [row] = await rowsOf(
    project,
    'query',
    'order_count',
    'order_value',
    'rep_order_count',
    'rep_order_value',
    'online_order_count',
    'online_order_value',
  );
  expect(row).toMatchObject({
    order_count: 31465,
    order_value: '109846381.4039',
    rep_order_count: 3806,
    online_order_count: 27659,
  });
  expect(Number(row?.rep_order_value)).toBeCloseTo(80487704.18, 2);
  expect(Number(row?.online_order_value)).toBeCloseTo(29358677.22, 2);
});

test('orders with a sales person are those that are not online', async () => {
  const rows = await rowsOf(project, 'query', 'order_count', '--where', 'sales_person is not null');
  expect(rows).toEqual([{ order_count: 3806 }]);
});

test('quotas in all, and of person 275 by date', async () => {
  expect(await rowsOf(project, 'query', 'quota')).toEqual([{ quota: '95714000' }]);
  const rows = await rowsOf(project, 'query', 'quota', '--by', 'quota_date', '--where', 'sales_person = 275');
  expect(rows.map(row => row.quota).slice(0, 6)).toEqual([
    '367000',
    '556000',
    '502000',
    '550000',
    '1429000',
    '1324000',
  ]);
});

test('a person with a quota and no orders has 0, and orders without a person make a group of their own', async () => {
  const rows = await rowsOf(project, 'query', 'order_value', 'quota', '--by', 'sales_person.name');
  const quotas = rows.reduce((sum, row) => sum + Number(row.quota), 0);
  const orders = rows.reduce((sum, row) => sum + Number(row.order_value), 0);
  expect([quotas, Math.round(orders * 10000)]).toEqual([95714000, 1098463814039]);
  expect(rows.at(-1)).toMatchObject({ 'sales_person.name': null, quota: '0' });
});
