/** What the alerts and scorecards of the library bring out: the stories that are planted in the demo warehouse, for those whom they concern. */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { metrics } from '../support/project.ts';
import { type Ask, library, openDemo } from './warehouse.ts';

let ask: Ask;
beforeAll(async () => {
  ask = await openDemo();
});

interface Noticed {
  readonly alerts: readonly {
    readonly name: string;
    readonly groups: readonly { readonly group: Readonly<Record<string, string>> }[];
  }[];
}

/** The groups of each alert that fires, by the alert's name. */
async function firing(asOf: string, ...words: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { out } = await metrics(library, 'alerts', '--as-of', asOf, '--format', 'json', ...words);
  const { alerts }: Noticed = JSON.parse(out);
  return new Map(alerts.map(({ name, groups }) => [name, groups.map(({ group }) => Object.values(group).join(', '))]));
}

describe('alerts bring out', () => {
  test('the person, the source, the customer and the agent of the stories', async () => {
    const found = await firing('2026-10-31');
    expect(found.get('far_below_quota')).toEqual(['Diego Arenas']);
    expect(found.get('dear_channel')).toEqual(['Content syndication']);
    expect(found.get('customer_at_risk')).toContain('Ysel Dairy GmbH');
    expect(found.get('short_calls')).toEqual(['Mila Baumann']);
    expect(found.get('team_off_course')).toEqual([]);
  });

  test('the team that had a bad quarter, once it is over', async () => {
    expect((await firing('2026-04-10')).get('team_off_course')).toEqual(['Sales DACH']);
  });

  test('requests that are late and questions about closing, as plain SQL counts them', async () => {
    const found = await firing('2026-10-31', '--as', 'service_manager', '--user', 'team_id=T6');
    // Days of Madrid, which is an hour ahead of the warehouse on the last of October.
    const late = await ask(
      `select distinct user_name from support_case join crm_user on user_id = support_case.owner_id
       where support_case.team_id = 'T6' and (due_at + interval 1 hour)::date <= '2026-10-31'
       and (closed_at is null or closed_at >= '2026-10-31 23:00:00') and created_at < '2026-10-31 23:00:00' order by 1`,
    );
    expect(found.get('late_requests')).toEqual(late.map(([name]) => name));
    const asked = await ask(
      `select distinct account_name from support_case join account using (account_id)
       where case_type = 'cancellation_enquiry' and created_at >= '2026-10-24 22:00:00' and created_at < '2026-10-31 23:00:00' order by 1`,
    );
    expect(found.get('closing_question')).toEqual(asked.map(([name]) => name));
    expect([...found.keys()]).not.toContain('far_below_quota');
  });
});

interface Card {
  readonly sections: readonly {
    readonly items: readonly {
      readonly metric: string;
      readonly value: number | string | null;
      readonly period: string;
      readonly of: { readonly value: unknown } | null;
      readonly goal: { readonly name: string } | null;
      readonly status: string | null;
      readonly groups: { readonly rows: readonly unknown[] } | null;
    }[];
  }[];
}

async function card(
  role: string,
  ...words: readonly string[]
): Promise<{ readonly text: string; readonly card: Card }> {
  const { code, out, err } = await metrics(
    library,
    'scorecard',
    role,
    '--as-of',
    '2026-10-31',
    '--format',
    'json',
    ...words,
  );
  expect([code, err]).toEqual([0, '']);
  return { text: out, card: JSON.parse(out) };
}

const people = 'select user_name from crm_user where team_id';

describe('scorecards show', () => {
  test('Diego Arenas his quarter, which is off track, and none of his colleagues', async () => {
    const { text, card: shown } = await card('sales_rep', '--user', 'user_id=U13');
    const quarter = shown.sections[0]?.items.find(
      ({ goal, period }) => goal?.name === 'quota_goal' && period.includes('2026-12-31'),
    );
    const [won] = await ask(
      "select sum(amount) from opportunity where owner_id = 'U13' and is_won and close_date >= '2026-10-01' and close_date <= '2026-10-31'",
    );
    expect([Number(quarter?.value), quarter?.status]).toEqual([Number(won?.[0]), 'off_track']);
    const others = await ask("select user_name from crm_user where user_id <> 'U13'");
    expect(others.filter(([name]) => text.includes(String(name)))).toEqual([]);
  });

  test('a rep the own place, share and what all have on average, and no colleague', async () => {
    const { text, card: shown } = await card('sales_rep', '--user', 'user_id=U14');
    const quarter = '2026-10-01..2026-12-31';
    const item = (name: string) =>
      shown.sections.flatMap(({ items }) => items).find(({ metric, period }) => metric === name && period === quarter);
    const [[place, sellers, rank, winners, share, mean] = []] = await ask(`
      with won as (select owner_id, sum(amount)::double as won from opportunity
          where is_won and close_date between '2026-10-01' and '2026-10-31' group by 1),
        quota as (select scope_id as owner_id, sum(target_value)::double as quota from goal where metric_name = 'won_revenue'
          and kind = 'target' and scope_type = 'user' and period_type = 'month' and valid_to is null
          and period_start between '2026-10-01' and '2026-12-31' group by 1),
        reps as (select user_id as owner_id from crm_user where role_name = 'rep'),
        placed as (select owner_id, rank() over (order by coalesce(won, 0) / quota desc) as place, count(*) over () as sellers
          from quota join reps using (owner_id) left join won using (owner_id)),
        ranked as (select owner_id, rank() over (order by won desc) as rank, count(*) over () as winners,
          won / sum(won) over () as share, avg(won) over () as mean from won join reps using (owner_id))
      select place, sellers, rank, winners, share, mean from placed join ranked using (owner_id) where owner_id = 'U14'`);
    expect(item('attainment_rank')).toMatchObject({
      value: Number(place),
      of: { value: Number(sellers) },
      groups: null,
    });
    expect(item('sales_rank')).toMatchObject({ value: Number(rank), of: { value: Number(winners) }, groups: null });
    expect(item('revenue_share')?.value).toBeCloseTo(Number(share), 9);
    expect(item('mean_seller_revenue')?.value).toBeCloseTo(Number(mean), 6);
    expect(Number(sellers)).toBeGreaterThan(10);
    const others = await ask("select user_name from crm_user where user_id <> 'U14'");
    expect(others.filter(([name]) => text.includes(String(name)))).toEqual([]);
  });

  test('a manager all of his people, and nobody of other teams', async () => {
    const { text } = await card('sales_manager', '--user', 'team_id=T1');
    const own = await ask(`${people} = 'T1' and role_name = 'rep' and termination_date is null`);
    expect(own.filter(([name]) => !text.includes(String(name)))).toEqual([]);
    const others = await ask(`${people} <> 'T1'`);
    expect(others.filter(([name]) => text.includes(String(name)))).toEqual([]);
  });
});

test('a view that is too coarse or too fine is warned of', async () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'library-')), 'metrics');
  cpSync(library, folder, { recursive: true, filter: file => !file.includes(`${path.sep}demo`) });
  writeFileSync(
    path.join(folder, 'traps.yaml'),
    `version: 1
roles:
  too_macro:
    sees: owner = user.user_id
    unrestricted: [external_series]
    scorecard: [{ section: All, items: [{ metric: market_size, period: this year }] }]
  too_micro:
    sees: all
    scorecard: [{ section: All, items: [{ metric: won_revenue, by: [opportunity.opportunity_id] }] }]
`,
  );
  const { out, err } = await metrics(folder, 'validate');
  expect([...(out + err).matchAll(/warning\[(\w+)\]/g)].map(([, code]) => code)).toEqual(['M8016', 'M8017']);
});
