/** The figures that others published for the Maven sales pipeline (see `README.md` beside the data), one by one. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { metrics, type Row, rowsOf } from '../support/project.ts';

const project = path.join(import.meta.dirname, '../projects/maven-crm');
const data = path.join(import.meta.dirname, '../../../shared/data/maven-crm');

const one = async (...words: readonly string[]): Promise<Row> => (await rowsOf(project, 'query', ...words))[0] ?? {};

beforeAll(() => {
  if (!existsSync(data)) throw new Error(`the Maven sales pipeline is not at ${data}: these tests need it`);
});

describe('totals', () => {
  test('deals by stage', async () => {
    const row = await one('all_deals', 'won_deals', 'lost_deals', 'engaging_deals', 'prospecting_deals');
    expect(row).toEqual({
      all_deals: 8800,
      won_deals: 4238,
      lost_deals: 2473,
      engaging_deals: 1589,
      prospecting_deals: 500,
    });
  });

  test('won revenue is exact, as text', async () => {
    expect(await one('won_revenue')).toEqual({ won_revenue: '10005534' });
  });

  test('win rate of closed deals, and the other metric over all deals', async () => {
    const row = await one('win_rate', 'won_share_of_all');
    expect(row.win_rate).toBeCloseTo(0.6315, 4);
    expect(row.won_share_of_all).toBeCloseTo(0.4816, 4);
  });

  test('average and median won deal', async () => {
    const row = await one('average_deal', 'median_deal');
    expect(row.average_deal).toBeCloseTo(2360.91, 2);
    expect(row.median_deal).toBe(1117);
  });

  test('cycle in days', async () => {
    const row = await one(
      'cycle_all',
      'cycle_won',
      'cycle_lost',
      'cycle_won_median',
      'cycle_lost_median',
      'shortest_cycle',
      'longest_cycle',
    );
    expect(row.cycle_all).toBeCloseTo(47.985, 3);
    expect(row.cycle_won).toBeCloseTo(51.78, 2);
    expect(row.cycle_lost).toBeCloseTo(41.48, 2);
    expect(row).toMatchObject({ cycle_won_median: 57, cycle_lost_median: 14, shortest_cycle: 1, longest_cycle: 138 });
  });

  test('open pipeline at list price, through the product that is spelt in two ways', async () => {
    expect(await one('open_pipeline')).toEqual({ open_pipeline: '4966215' });
  });

  test('deals without an account', async () => {
    expect(await one('deals_without_account')).toEqual({ deals_without_account: 1425 });
  });
});

test('quarters of 2017', async () => {
  const rows = await rowsOf(
    project,
    'query',
    'won_deals',
    'won_revenue',
    'win_rate',
    '--by',
    'quarter',
    '--period',
    '2017',
  );
  expect(rows.map(row => [row.quarter, row.won_deals, row.won_revenue])).toEqual([
    ['2017-01-01', 531, '1134672'],
    ['2017-04-01', 1254, '3086111'],
    ['2017-07-01', 1257, '2982255'],
    ['2017-10-01', 1196, '2802496'],
  ]);
  expect(rows.map(row => Math.round(Number(row.win_rate) * 10000) / 100)).toEqual([82.07, 61.71, 61.41, 60.25]);
  const revenue = rows.map(row => Number(row.won_revenue));
  const changes = revenue.slice(1).map((value, index) => Math.round((value / (revenue[index] ?? 1) - 1) * 10000) / 100);
  expect(changes).toEqual([171.98, -3.37, -6.03]);
});

test('managers', async () => {
  const rows = await rowsOf(project, 'query', 'won_deals', 'won_revenue', 'win_rate', '--by', 'agent.manager');
  const found = rows.map(row => [
    row['agent.manager'],
    row.won_deals,
    Number(row.won_revenue),
    Math.round(Number(row.win_rate) * 10000) / 100,
  ]);
  expect(found).toEqual([
    ['Cara Losch', 480, 1130049, 64.43],
    ['Celia Rouche', 610, 1603897, 63.41],
    ['Dustin Brinkmann', 747, 1094363, 62.98],
    ['Melvin Marxen', 882, 2251930, 62.2],
    ['Rocco Neubert', 691, 1960545, 62.08],
    ['Summer Sewald', 828, 1964750, 64.34],
  ]);
});

test('regions', async () => {
  const rows = await rowsOf(
    project,
    'query',
    'won_deals',
    'won_revenue',
    '--by',
    'agent.region',
    '--order',
    'won_revenue desc',
  );
  expect(rows.map(row => Object.values(row))).toEqual([
    ['West', 1438, '3568647'],
    ['Central', 1629, '3346293'],
    ['East', 1171, '3090594'],
  ]);
});

test('products: every deal finds its product, and the parts add up to the total', async () => {
  const rows = await rowsOf(project, 'query', 'all_deals', 'won_revenue', '--by', 'item');
  expect(rows.map(row => row.item)).toEqual([
    'GTK 500',
    'GTX Basic',
    'GTX Plus Basic',
    'GTX Plus Pro',
    'GTX Pro',
    'MG Advanced',
    'MG Special',
  ]);
  expect(rows.reduce((sum, row) => sum + Number(row.all_deals), 0)).toBe(8800);
  expect(rows.reduce((sum, row) => sum + Number(row.won_revenue), 0)).toBe(10005534);
  const series = await rowsOf(project, 'query', 'all_deals', '--by', 'item.series');
  expect(series.some(row => row['item.series'] === null)).toBe(false);
});

test('five agents have no deal, and show when the whole team is asked for', async () => {
  const some = await rowsOf(project, 'query', 'all_deals', '--by', 'agent');
  const all = await rowsOf(project, 'query', 'all_deals', '--by', 'agent', '--complete', 'agent');
  expect([some.length, all.length]).toEqual([30, 35]);
  expect(all.filter(row => row.all_deals === 0)).toHaveLength(5);
});

test('the rows behind the deals without an account', async () => {
  const rows = await rowsOf(project, 'rows', 'deals_without_account');
  expect(rows).toHaveLength(1425);
  expect(rows[0]).toHaveProperty('opportunity_id');
});

test('a question that the project cannot answer is refused', async () => {
  const { code, err, out } = await metrics(project, 'query', 'won_revenue', '--by', 'campaign.name');
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('campaign');
});
