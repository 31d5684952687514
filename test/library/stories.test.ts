/** The stories of `metrics/demo/README.md`: what plain SQL finds in the warehouse, what it is told there, and what the metrics say. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Row, rowsOf } from '../support/project.ts';
import { type Ask, library, openDemo } from './warehouse.ts';

let ask: Ask;

beforeAll(async () => {
  ask = await openDemo();
});

const asked = (...words: readonly string[]) => rowsOf(library, 'query', ...words, '--as-of', '2026-10-31');
const percent = (share: unknown) => Math.round(Number(share) * 100);
const column = (rows: readonly Row[], name: string) => rows.map(row => row[name]);

const quotas = `
  select scope_id as user_id, date_trunc('quarter', period_start)::date as quarter, sum(target_value) as quota from goal
  where metric_name = 'won_revenue' and kind = 'target' and scope_type = 'user' and period_type = 'month' and valid_to is null
  group by all`;
const wins = `
  select owner_id as user_id, date_trunc('quarter', close_date)::date as quarter, sum(amount) as won from opportunity
  where is_won group by all`;
const attained = `
  select user_id, user_name, team_name, quarter, coalesce(won, 0) as won, quota
  from (${quotas}) left join (${wins}) using (user_id, quarter) join crm_user using (user_id) join team using (team_id)`;

describe('one rep falls far short for two quarters', () => {
  test('in plain SQL', async () => {
    const rows = await ask(
      `select won / quota from (${attained}) where user_id = 'U13' and year(quarter) = 2026 and quarter(quarter) < 4 order by quarter`,
    );
    expect(rows.map(([share]) => percent(share))).toEqual([127, 9, 4]);
    const both = await ask(`select user_name, sum(won) / sum(quota) as share from (${attained})
      where quarter in (date '2026-04-01', date '2026-07-01') group by user_name order by share limit 2`);
    expect(both[0]?.[0]).toBe('Diego Arenas');
    expect(Number(both[1]?.[1])).toBeGreaterThan(0.7);
  });

  test('as the metrics say it', async () => {
    const rows = await asked(
      'quota_attainment',
      '--by',
      'quarter',
      '--where',
      "owner = 'U13'",
      '--period',
      '2026-Q1..2026-Q3',
    );
    expect(column(rows, 'quota_attainment').map(percent)).toEqual([127, 9, 4]);
    const [least] = await asked(
      ...['quota_attainment', '--by', 'owner.user_name', '--period', '2026-04-01..2026-09-30'],
      ...['--order', 'quota_attainment', '--limit', '1'],
    );
    expect([least?.['owner.user_name'], percent(least?.quota_attainment)]).toEqual(['Diego Arenas', 7]);
  });
});

describe('a whole team has a bad quarter', () => {
  const byTeam = `select team_name, quarter, sum(won) / sum(quota) as share from (${attained}) group by all`;

  test('in plain SQL', async () => {
    const dach = await ask(`select share from (${byTeam}) where team_name = 'Sales DACH'
      and quarter between date '2025-10-01' and date '2026-04-01' order by quarter`);
    expect(dach.map(([share]) => percent(share))).toEqual([136, 51, 110]);
    const [[others] = []] = await ask(
      `select min(share) from (${byTeam}) where team_name <> 'Sales DACH' and quarter = date '2026-01-01'`,
    );
    expect(percent(others)).toBe(89);
    const people = await ask(
      `select won / quota as share from (${attained}) where team_name = 'Sales DACH' and quarter = date '2026-01-01' order by share`,
    );
    expect(people.map(([share]) => percent(share))).toEqual([19, 21, 53, 61, 98]);
  });

  test('as the metrics say it', async () => {
    const rows = await asked('quota_attainment', '--by', 'team.team_name,quarter', '--period', '2025-Q4..2026-Q2');
    const dach = rows.filter(row => row['team.team_name'] === 'Sales DACH');
    expect(column(dach, 'quota_attainment').map(percent)).toEqual([136, 51, 110]);
    const people = await asked(
      ...['quota_attainment', '--by', 'owner.user_name', '--period', '2026-Q1'],
      ...['--where', "owner.region = 'DACH'", '--order', 'quota_attainment'],
    );
    expect(column(people, 'quota_attainment').map(percent)).toEqual([19, 21, 53, 61, 98]);
  });
});

describe('a lead source that is cheap by the lead and dear by the deal', () => {
  const expected = [
    ['Content syndication', 23, 6301],
    ['Paid search', 65, 2139],
    ['Trade fair', 177, 2013],
    ['Webinar', 53, 1080],
  ];

  test('in plain SQL', async () => {
    const rows = await ask(`
      select campaign.lead_source, sum(amount) as spend,
        (select count(*) from lead where lead.lead_source = campaign.lead_source),
        (select count(*) from opportunity where is_won and opportunity.lead_source = campaign.lead_source)
      from campaign_cost join campaign using (campaign_id) where purpose = 'acquisition' group by 1 order by 1`);
    const found = rows.map(([source, spend, leads, deals]) => [
      source,
      Math.round(Number(spend) / Number(leads)),
      Math.round(Number(spend) / Number(deals)),
    ]);
    expect(found).toEqual(expected);
  });

  test('as the metrics say it', async () => {
    const rows = await asked('cost_per_lead', 'cost_per_won_deal', '--by', 'lead_source');
    const paid = rows.filter(row => row.cost_per_lead !== null);
    const found = paid.map(row => [
      row.lead_source,
      Math.round(Number(row.cost_per_lead)),
      Math.round(Number(row.cost_per_won_deal)),
    ]);
    expect(found).toEqual(expected);
  });
});

describe('a customer at risk', () => {
  const revenue = [24539.7, 93773.68, 134952.7, 38080.84, 6170.4, 9732.25, 1695.5, 0];
  const complaints = [1, 0, 1, 2, 4, 6, 9, 1];
  const unpaid = [0, 0, 0, 0, 14741.85, 4334.4, 9732.25, 1695.5];

  test('in plain SQL', async () => {
    const quarters = "(select unnest(range(date '2025-01-01', date '2026-12-31', interval 3 month))::date as quarter)";
    const rows = await ask(`
      select
        (select coalesce(sum(amount), 0) from sales_order where account_id = 'A0325' and status <> 'cancelled' and date_trunc('quarter', order_date) = quarter),
        (select count(*) from support_case where account_id = 'A0325' and is_complaint and date_trunc('quarter', timezone('Europe/Madrid', created_at::timestamptz)) = quarter),
        (select coalesce(sum(amount - coalesce(paid, 0)), 0) from invoice
           left join (select invoice_id, sum(amount) as paid from payment group by 1) using (invoice_id)
         where account_id = 'A0325' and status <> 'cancelled' and due_date <= date '2026-10-31' and date_trunc('quarter', due_date) = quarter)
      from ${quarters} order by quarter`);
    expect(rows.map(([amount]) => Number(amount))).toEqual(revenue);
    expect(rows.map(([, count]) => Number(count))).toEqual(complaints);
    expect(rows.map(([, , owed]) => Number(owed))).toEqual(unpaid);
    expect(unpaid.reduce((sum, owed) => sum + owed, 0)).toBeCloseTo(30504, 2);
  });

  test('as the metrics say it', async () => {
    const rows = await asked(
      ...['order_revenue', 'complaints', 'unpaid_of_due', '--by', 'quarter', '--period', '2025-01-01..2026-10-31'],
      ...['--where', "account.account_name = 'Ysel Dairy GmbH'"],
    );
    expect(column(rows, 'order_revenue').map(Number)).toEqual(revenue);
    expect(column(rows, 'complaints')).toEqual(complaints);
    expect(column(rows, 'unpaid_of_due').map(Number)).toEqual(unpaid);
  });
});

describe('the last quarter carries the year', () => {
  const above = (quarters: readonly number[]) =>
    [0, 4].map(first => {
      const [one = 0, two = 0, three = 0, four = 0] = quarters.slice(first, first + 4);
      return percent(four / ((one + two + three) / 3) - 1);
    });

  test('in plain SQL', async () => {
    const rows = await ask(
      "select sum(amount) from opportunity where is_won and year(close_date) < 2026 group by date_trunc('quarter', close_date) order by date_trunc('quarter', close_date)",
    );
    expect(above(rows.map(([amount]) => Number(amount)))).toEqual([70, 41]);
  });

  test('as the metrics say it', async () => {
    const rows = await asked('won_revenue', '--by', 'quarter', '--period', '2024-01-01..2025-12-31');
    expect(above(column(rows, 'won_revenue').map(Number))).toEqual([70, 41]);
  });
});

describe('short calls, unhappy customers', () => {
  const expected = [
    ['Chloe Petit', 5.5, 76.4],
    ['Jan Mertens', 5.6, 76.6],
    ['Karl Lang', 6.1, 79.2],
    ['Mila Baumann', 3.4, 62.5],
    ['Olga Ruiz', 6.1, 79.6],
    ['Victor Salas', 4.9, 76.2],
  ];
  const tenths = (value: unknown) => Math.round(Number(value) * 10) / 10;

  test('in plain SQL', async () => {
    const rows = await ask(`
      select user_name,
        (select avg(duration_seconds) / 60 from activity where owner_id = user_id and activity_type = 'call' and status in ('held', 'completed')),
        (select 100 * avg(score / scale_max) from survey_response where owner_id = user_id and instrument = 'csat')
      from crm_user where role_name = 'service_agent' order by 1`);
    expect(rows.map(([name, minutes, satisfaction]) => [name, tenths(minutes), tenths(satisfaction)])).toEqual(
      expected,
    );
  });

  test('as the metrics say it', async () => {
    const rows = await asked(
      ...['average_call_time', 'customer_satisfaction', '--by', 'owner.user_name'],
      ...['--where', "owner.role_name = 'service_agent'"],
    );
    const found = rows.map(row => [
      row['owner.user_name'],
      tenths(row.average_call_time),
      tenths(Number(row.customer_satisfaction) * 100),
    ]);
    expect(found).toEqual(expected);
  });
});

describe('who asks how to close an account can be kept', () => {
  const madrid = (moment: string) => `timezone('Europe/Madrid', ${moment}::timestamptz)::date`;

  test('in plain SQL', async () => {
    const rows = await ask(`
      select acted, avg(came::int) from (
        select account_id,
          bool_or(exists (select 1 from sales_order o where o.account_id = c.account_id and o.status <> 'cancelled'
            and o.order_date between ${madrid('c.created_at')} and ${madrid('c.created_at')} + 90)) as came,
          exists (select 1 from activity v where v.account_id = c.account_id and v.purpose = 'win back'
            and v.status in ('held', 'completed') and year(${madrid('v.activity_at')}) = 2025) as acted
        from support_case c where case_type = 'cancellation_enquiry' and year(${madrid('created_at')}) = 2025 group by 1)
      group by 1 order by 1`);
    expect(rows.map(([acted, share]) => [acted, percent(share)])).toEqual([
      [false, 58],
      [true, 76],
    ]);
  });

  test('as the metrics say it', async () => {
    const [row] = await asked('kept_with_action', 'kept_without_action', 'win_back_effect', '--period', '2025');
    expect([row?.kept_with_action, row?.kept_without_action, row?.win_back_effect].map(percent)).toEqual([76, 58, 18]);
  });
});

test('the diagnosis tells the trouble of one from that of a team, and names the customer at risk', async () => {
  const kinds = async (period: string) =>
    (await asked('shortfall_kind', '--by', 'team.team_name', '--period', period)).map(row => [
      row['team.team_name'],
      row.shortfall_kind,
    ]);
  expect(await kinds('2026-04-01..2026-09-30')).toContainEqual(['Sales Iberia', 'individual']);
  expect(await kinds('2026-Q1')).toContainEqual(['Sales DACH', 'general']);
  const [first] = await asked(
    'at_risk_score',
    '--by',
    'account',
    '--period',
    '2026-09',
    '--order',
    'at_risk_score desc',
  );
  expect(first?.account).toBe('A0325');
});

test('the deals of the person unknown keep their rows', async () => {
  const rows = await asked('opportunities_created', '--by', 'owner,owner.region', '--where', 'owner.region is null');
  expect(rows).toEqual([{ owner: 'U99', 'owner.region': null, opportunities_created: 6 }]);
});
