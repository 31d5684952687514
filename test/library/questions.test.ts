/** Every metric of the library can be asked by month and by what people usually ask it by; those that cannot say why. */
import { describe, expect, test } from 'vitest';
import { readProject } from '../../runtime/index.ts';
import { metrics, rowsOf } from '../support/project.ts';
import { library } from './warehouse.ts';

const model = readProject(library).model;
const all = Object.values(model?.metrics ?? {});
const onTable = (...tables: readonly string[]) =>
  all.filter(metric => metric.tables.some(table => tables.includes(table))).map(metric => metric.name);

const asOf = ['--as-of', '2026-10-31'];
const atOnce = 15;

async function answerAll(names: readonly string[], by: string): Promise<void> {
  for (let first = 0; first < names.length; first += atOnce) {
    const rows = await rowsOf(library, 'query', ...names.slice(first, first + atOnce), '--by', by, ...asOf);
    expect(rows.length).toBeGreaterThan(0);
  }
}

/** Metrics of spend, which belongs to campaigns and not to people or accounts. */
const ofCampaigns = onTable('campaign_cost');

test('by month, over a year', async () => {
  for (let first = 0; first < all.length; first += atOnce) {
    const names = all.slice(first, first + atOnce).map(metric => metric.name);
    const rows = await rowsOf(library, 'query', ...names, '--by', 'month', '--period', '2025', ...asOf);
    expect(rows.map(row => row.month)).toHaveLength(12);
  }
});

test('by the people who own what is measured, their region and their team', async () => {
  const names = all.map(metric => metric.name).filter(name => !ofCampaigns.includes(name) && name !== 'team_quota');
  await answerAll(names, 'owner.user_name');
  await answerAll(names, 'owner.region');
  await answerAll(names, 'team.team_name');
});

test('by the segment and region of the account, where there is one', async () => {
  const names = onTable(
    'opportunity',
    'quote',
    'sales_order',
    'order_line',
    'invoice',
    'payment',
    'support_case',
    'survey_response',
  )
    .filter(name => !ofCampaigns.includes(name))
    .filter(name => !onTable('goal', 'crm_user').includes(name));
  await answerAll(names, 'account.segment');
  await answerAll(names, 'account.region');
});

test('spend beside leads and deals, by lead source and by campaign', async () => {
  const names = ofCampaigns.filter(name => name !== 'cost_per_new_customer');
  await answerAll([...names, 'leads_generated', 'won_revenue', 'win_rate'], 'lead_source');
  await answerAll(names, 'campaign.campaign_name');
  await answerAll(names, 'campaign.campaign_type');
});

test('the funnel by stage', () => answerAll(onTable('stage_entry'), 'stage'));

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
  const names = onTable('support_case').filter(name => !onTable('lead').includes(name));
  for (const by of ['case_type', 'channel', 'priority', 'product.product_name']) await answerAll(names, by);
  await answerAll(onTable('survey_response'), 'product.product_family');
});

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
