/** Why the numbers of the demo warehouse moved: its stories, plain SQL beside them, and every metric of the library split. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChangeAccount, own, parseDay, toNumber } from '../../compiler/index.ts';
import {
  type Engine,
  endOf,
  isSound,
  openWarehouse,
  profileOf,
  readProject,
  type SoundProject,
} from '../../runtime/index.ts';
import { metrics } from '../support/project.ts';
import { explained } from './change.ts';
import { type Ask, library, openDemo } from './warehouse.ts';

const asOf = '2026-10-31';

let ask: Ask;
let engine: Engine;
let project: SoundProject;

beforeAll(async () => {
  ask = await openDemo();
  const read = readProject(library);
  if (!isSound(read)) throw new Error('the library has errors');
  project = read;
  engine = await openWarehouse(profileOf(read.folder, read.declaration, null));
});

afterAll(() => engine.close());

const explain = (metric: string, by: readonly string[], period: string, compare: string) =>
  explained(project, engine, { metric, by, period, compare }, endOf(parseDay(asOf) ?? 0));

const told = async (...words: readonly string[]) => {
  const { code, out, err } = await metrics(library, 'why', ...words, '--as-of', asOf);
  expect([code, err]).toEqual([0, '']);
  return out.split('\n\n')[0]?.split('\n') ?? [];
};

describe('a whole team has a bad quarter', () => {
  const quarter = ['quota_attainment', '--period', '2026-Q1', '--compare', 'prior_quarter'];

  test('of the regions it sits with DACH alone', async () => {
    const lines = await told(...quarter, '--by', 'owner.region');
    expect(lines[0]).toBe('quota_attainment fell by 18.54 points, from 110.60 % to 92.06 %.');
    expect(lines[3]).toBe(
      'By owner.region it sits with few: 3 of 4 fell; DACH accounts for 83 % of what pulled it down.',
    );
  });

  test('among the people of DACH it is general', async () => {
    const lines = await told(...quarter, '--by', 'owner.user_name', '--where', "owner.region = 'DACH'");
    expect(lines[0]).toBe('quota_attainment fell by 84.84 points, from 135.97 % to 51.13 %.');
    expect(lines[3]).toMatch(/^By owner.user_name it is general: 5 of 5 fell;/);
  });

  test('in plain SQL', async () => {
    const sums = (table: string, owner: string, day: string, amount: string, condition: string) => `
      select region, date_trunc('quarter', ${day})::date as quarter, sum(${amount}) as amount
      from ${table} left join crm_user on user_id = ${owner} where ${condition} group by all`;
    const quotas =
      "metric_name = 'won_revenue' and kind = 'target' and scope_type = 'user' and period_type = 'month' and valid_to is null";
    const rows = await ask(`
      with won as (${sums('opportunity', 'opportunity.owner_id', 'close_date', 'amount', 'is_won')}),
      quota as (${sums('goal', 'goal.scope_id', 'period_start', 'target_value', quotas)}),
      sides as (
        select q.region, q.quarter, coalesce(w.amount, 0)::double as n, q.amount::double as d,
          d / sum(d) over (partition by q.quarter) as w,
          sum(n) over (partition by q.quarter) / sum(d) over (partition by q.quarter) as all_rate
        from quota q left join won w on w.region is not distinct from q.region and w.quarter = q.quarter)
      select this.region,
        (this.w + that.w) / 2 * (this.n / this.d - that.n / that.d),
        ((this.n / this.d + that.n / that.d) / 2 - (this.all_rate + that.all_rate) / 2) * (this.w - that.w)
      from sides as this join sides as that on that.region = this.region
      where this.quarter = date '2026-01-01' and that.quarter = date '2025-10-01' order by 1`);
    const account = await explain('quota_attainment', ['owner.region'], '2026-Q1', 'prior_quarter');
    const groups = [...(account.dimensions[0]?.groups ?? [])].sort((a, b) =>
      String(a.group).localeCompare(String(b.group)),
    );
    const found = groups.map(({ group, ratio }) => [
      group,
      ...[ratio?.effects.rate, ratio?.effects.mix].map(each => (each === undefined ? '' : toNumber(each).toFixed(12))),
    ]);
    expect(found).toEqual(
      rows.map(([region, rate, mix]) => [region, Number(rate).toFixed(12), Number(mix).toFixed(12)]),
    );
  });
});

test('one rep falls far short for two quarters: nobody else is below 70 %', async () => {
  const words = [
    'quota_attainment',
    '--period',
    '2026-04-01..2026-09-30',
    '--by',
    'owner.user_name',
    '--threshold',
    '70%',
  ];
  const line = (await told(...words)).at(-1);
  expect(line).toBe(
    'By owner.user_name it sits with few: 1 of 20 is below 70.00 %; Diego Arenas accounts for 100 % of what is lacking.',
  );
});

test('the last quarter carries the year: most of its rise is season', async () => {
  const account = await explain('won_revenue', [], '2025-Q4', 'prior_quarter');
  const quarters = await ask(`
    select sum(amount) from opportunity where is_won and close_date >= date '2024-07-01' and close_date < date '2026-01-01'
    group by date_trunc('quarter', close_date) order by date_trunc('quarter', close_date)`);
  const [third2024 = 0, fourth2024 = 0, , , third2025 = 0, fourth2025 = 0] = quarters.map(([amount]) => Number(amount));
  const { season } = account;
  if (season?.kind !== 'known') throw new Error('the season is not known');
  expect(season.years.map(({ ago, change }) => [ago, toNumber(change)])).toEqual([[1, fourth2024 - third2024]]);
  const usual = third2025 * (fourth2024 / third2024 - 1);
  expect(toNumber(season.usual)).toBeCloseTo(usual, 4);
  expect(toNumber(season.rest)).toBeCloseTo(fourth2025 - third2025 - usual, 4);
  expect(usual / (fourth2025 - third2025)).toBeGreaterThan(0.5);
});

/** Hours and minutes are divided by 60, so their sums are floats. */
function isFloat(name: string, parts: ChangeAccount['question']['parts']): boolean {
  const ofSums = parts.kind === 'ratio' ? [parts.numerator, parts.denominator] : [];
  const types = ofSums.map(each => each.expression.type);
  return [...types, parts.kind === 'sum' ? own(project.model.metrics, name)?.type : null].includes('float');
}

describe('every metric of the library', () => {
  const model = readProject(library).model;
  const names = Object.values(model?.metrics ?? {})
    .filter(metric => !metric.tables.some(table => table === 'campaign_cost' || table === 'external_series'))
    .filter(metric => metric.name !== 'team_quota' && !metric.name.includes('.'))
    .filter(metric => metric.expression.type !== 'string' && metric.expression.type !== 'date')
    .map(metric => metric.name);
  /** A formula with those of the metrics that it stands on. */
  const written = (name: string): string =>
    (own(project.model.metrics, name)?.formula ?? '').replace(/(?<![.a-z_0-9])[a-z_0-9]+/g, word =>
      own(project.model.metrics, word) === undefined ? word : `(${written(word)})`,
    );
  /** What the values of groups say nothing about: a middle, a place, a share, what is chosen, compared or multiplied. */
  const isWhole =
    /median|percentile|corr|avg\(.*avg\(|abs|while|stddev|min\(|max\(|rank|share|total|growth|prior|having|case|if\(|greatest|\*|\/.*\//;

  test.each(names)('%s', async name => {
    const account = await explain(name, ['owner.region', 'team.team_name'], '2026-Q3', 'prior_year');
    for (const { unsplit, remainder, groups } of account.dimensions) {
      if (account.question.parts.kind === 'whole') {
        expect(unsplit).toBe('no parts');
        expect(written(name)).toMatch(isWhole);
      } else if (/^(median|percentile|corr)\b/.test(written(name))) expect(unsplit).toBe('no parts');
      else if (account.change === null) expect(unsplit).toBe('no change');
      else if (unsplit === 'overlap')
        expect(JSON.stringify(own(project.model.metrics, name)?.expression)).toMatch(/distinct|nested/);
      else {
        const left = Math.abs(toNumber(remainder ?? { over: 1n, under: 1n }));
        expect([
          unsplit,
          isFloat(name, account.question.parts)
            ? left < 1e-12 * Math.max(1, Math.abs(toNumber(account.change)))
            : left === 0,
        ]).toEqual([null, true]);
        const contributions = groups.map(each =>
          each.contribution === null ? Number.NaN : toNumber(each.contribution),
        );
        const size = Math.max(1, ...contributions.map(Math.abs));
        const sum = contributions.reduce((total, each) => total + each, 0);
        expect(Math.abs(sum - toNumber(account.change)) / size).toBeLessThan(1e-9);
      }
    }
  });
});
