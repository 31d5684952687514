/** Every metric of the library can be asked by month and by what people usually ask it by; those that cannot say why. */
import { describe, expect, test } from 'vitest';
import { readProject } from '../../runtime/index.ts';
import { metrics, rowsOf } from '../support/project.ts';
import { library } from './warehouse.ts';

const model = readProject(library).model;
/** Without what goals and baselines give, which can be asked by fewer. */
const all = Object.values(model?.metrics ?? {}).filter(({ name }) => !name.includes('.'));
/** The metrics that read these tables and no others. */
const within = (...tables: readonly string[]) =>
  all.filter(metric => metric.tables.every(table => tables.includes(table))).map(metric => metric.name);

const asOf = ['--as-of', '2026-10-31'];
const atOnce = 25;

async function answerAll(names: readonly string[], by: string): Promise<void> {
  for (let first = 0; first < names.length; first += atOnce) {
    const some = names.slice(first, first + atOnce);
    const rows = await rowsOf(library, 'query', ...some, '--by', by, '--period', '2025', ...asOf);
    expect(rows.length).toBeGreaterThan(0);
  }
}

test('by month, over a year', async () => {
  for (let first = 0; first < all.length; first += atOnce) {
    const names = all.slice(first, first + atOnce).map(metric => metric.name);
    const rows = await rowsOf(library, 'query', ...names, '--by', 'month', '--period', '2025', ...asOf);
    expect(rows.map(row => row.month)).toHaveLength(12);
  }
});

test('by the people who own what is measured, their region and their team', async () => {
  const names = all
    .filter(metric => !metric.tables.some(table => table === 'campaign_cost' || table === 'external_series'))
    .map(metric => metric.name);
  expect(names.length).toBeGreaterThan(280);
  await answerAll(names, 'owner.user_name,owner.region,team.team_name');
});

test('by the segment and region of the account, where there is one', async () => {
  const sales = [
    'opportunity',
    'opportunity_history',
    'stage_entry',
    'quote',
    'sales_order',
    'order_line',
    'invoice',
    'payment',
  ];
  const names = within(...sales, 'account', 'activity', 'contact', 'support_case', 'survey_response');
  expect(names.length).toBeGreaterThan(180);
  await answerAll(names, 'account.segment,account.region');
});

test('spend beside leads and deals, by lead source and by campaign', async () => {
  const names = within('campaign_cost', 'lead', 'opportunity').filter(name => name !== 'data_completeness');
  const spend = names.filter(name => all.find(metric => metric.name === name)?.tables.includes('campaign_cost'));
  expect(spend.length).toBeGreaterThan(6);
  await answerAll([...spend, 'leads_generated', 'won_revenue', 'win_rate'], 'lead_source');
  await answerAll(spend, 'campaign.campaign_name');
  await answerAll(spend, 'campaign.campaign_type');
});

test('the funnel and the pipeline by stage', () => answerAll(within('stage_entry', 'opportunity_history'), 'stage'));

test('deals by what they are about', async () => {
  const names = [
    'won_deals',
    'win_rate',
    'lost_deals',
    'average_deal_size',
    'median_sales_cycle',
    'opportunities_created',
  ];
  for (const by of ['product_family', 'opportunity_type', 'amount_band', 'lead_source', 'loss_reason', 'competitor']) {
    await answerAll(names, by);
  }
});

test('activities by type and purpose', async () => {
  for (const by of ['activity_type', 'purpose', 'direction']) {
    await answerAll(['activity_reach', 'completed_activities', 'touches_per_account', 'calls_made'], by);
  }
});

test('service by product, type, channel and priority', async () => {
  for (const by of ['case_type', 'channel', 'priority', 'product.product_name'])
    await answerAll(within('support_case'), by);
  await answerAll(within('survey_response'), 'product.product_family');
});

test('what was ordered by product, and what was lost by reason and stage', async () => {
  await answerAll(within('order_line'), 'product.product_name');
  for (const by of ['loss_reason', 'lost_from_stage']) await answerAll(['lost_deals', 'loss_mix', 'loss_lift'], by);
});

test('what is owed by how long it is overdue', () =>
  answerAll(['open_receivables', 'overdue_receivables', 'long_overdue_receivables'], 'ageing'));

describe('what cannot be answered is refused', () => {
  test('spend by the owner of deals', async () => {
    const { code, err, out } = await metrics(library, 'query', 'cost_per_lead', '--by', 'owner', ...asOf);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('`cost_per_lead` cannot be grouped by `owner`: `campaign_cost` has no join `owner`');
  });

  test('a region that could be of the account or of the owner', async () => {
    const { code, err } = await metrics(library, 'query', 'won_revenue', '--by', 'region', ...asOf);
    expect(code).toBe(1);
    expect(err).toContain('account.region');
    expect(err).toContain('owner.region');
  });
});
