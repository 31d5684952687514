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
