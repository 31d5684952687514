/**
 * `metrics alerts` over test/projects/scorecard. What fires is worked out by hand from its files: on Tuesday 2026-03-17 the
 * week begins on the 16th, and the two whole ones before it on the 2nd and on the 9th.
 */
import { describe, expect, test } from 'vitest';
import { metrics, shellWords } from '../support/project.ts';
import { asOf, smallProject } from './project.ts';

interface Group {
  readonly group: Readonly<Record<string, unknown>>;
  readonly bucket: string | null;
  readonly values: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly rows: readonly { readonly command: string }[];
}

interface Alert {
  readonly name: string;
  readonly period: string | null;
  readonly fires: boolean;
  readonly groups: readonly Group[];
  readonly unknown: number;
}

async function alertsOf(folder: string, ...words: readonly string[]) {
  const { code, out, err } = await metrics(folder, 'alerts', ...asOf, '--format', 'json', ...words);
  expect(err).toBe('');
  const { alerts }: { alerts: readonly Alert[] } = JSON.parse(out);
  return { code, alerts, named: (name: string) => alerts.find(alert => alert.name === name) };
}

/** An alert for the small project beside its own. */
const withAlert = (alert: string) => smallProject({ 'more.yaml': `version: 1\nalerts:\n  asked: ${alert}\n` });

const brief = (alert: Alert | undefined) =>
  alert?.groups.map(({ group, bucket, values }) => [group, bucket, values] as const);

describe('what fires', () => {
  test('of now, where nothing says otherwise', async () => {
    const { named } = await alertsOf(smallProject());
    // Ana has won 60 of 100, Ben 30 of 80; Cleo has won 5 and has no quota.
    expect(named('behind')?.period).toBe('2026-03-01..2026-03-31');
    expect(brief(named('behind'))).toEqual([[{ 'rep.name': 'Ben' }, '2026-03-01', { attainment: 0.375 }]]);
    expect(named('behind')?.unknown).toBe(1);
    // Cleo has won one of two in the quarter, Ana three of four, Ben two of two.
    expect(brief(named('losing'))).toEqual([[{ 'rep.name': "Cleo O'Hara" }, '2026-01-01', { win_rate: 0.5 }]]);
    expect(named('losing')?.groups[0]?.message).toBe("Cleo O'Hara wins 50%");
    // Ben 30 and Cleo 5.
    expect(brief(named('south_is_low'))).toEqual([[{}, '2026-03-01', { won_revenue: '35' }]]);
    // Deal c alone is open.
    expect(brief(named('full_pipeline'))).toEqual([[{}, null, { pipeline: '50' }]]);
    expect(named('never')).toMatchObject({ fires: false, groups: [], unknown: 0, period: null });
  });

  test('in several whole periods in a row', async () => {
    const { named } = await alertsOf(smallProject());
    const quiet = named('quiet_rep');
    expect(quiet?.period).toBe('2026-03-02..2026-03-15');
    // Ana logged one and one, Ben one and two, Cleo one and none.
    expect(brief(quiet)).toEqual([
      [{ 'rep.name': 'Ana' }, '2026-03-09', { activity_count: 1 }],
      [{ 'rep.name': "Cleo O'Hara" }, '2026-03-09', { activity_count: 0 }],
    ]);
  });

  test('a condition that is not known in one of its periods is not known', async () => {
    // December: Cleo 1 of 1. January: Ana 1 of 1, Ben 1 of 1. February: Ana 1 of 2. Elsewhere nobody has decided a deal.
    const folder = withAlert('{ when: win_rate > 0.9, by: [rep.name], grain: month, for: 3, severity: info }');
    const { named } = await alertsOf(folder);
    // For Ana it does not hold in February; Ben and Cleo have months of which nothing is known, and none against it.
    expect(named('asked')).toMatchObject({ period: '2025-12-01..2026-02-28', fires: false, unknown: 2 });
    const { named: again } = await alertsOf(
      withAlert('{ when: win_rate < 0.9, by: [rep.name], grain: month, for: 1, severity: info }'),
    );
    expect(brief(again('asked'))).toEqual([[{ 'rep.name': 'Ana' }, '2026-02-01', { win_rate: 0.5 }]]);
  });

  const conditions: readonly (readonly [alert: string, groups: readonly unknown[]])[] = [
    ['{ when: count(deals) = 2, by: [rep.name], grain: month, severity: info }', [[{ 'rep.name': "Cleo O'Hara" }, {}]]],
    ['{ when: won_revenue = 0 and lost_deals > 0, by: [rep.name], grain: month, severity: info }', []],
    [
      '{ when: lost_deals > 0, by: [rep.region, rep], grain: year, severity: info }',
      [
        [{ 'rep.region': 'North', rep: 'r1' }, { lost_deals: 1 }],
        [{ 'rep.region': 'South', rep: 'r3' }, { lost_deals: 1 }],
      ],
    ],
    // Without a grain all time is read.
    ['{ when: won_revenue > 200, by: [rep.name], severity: info }', [[{ 'rep.name': 'Ana' }, { won_revenue: '255' }]]],
    ['{ when: headcount > 2, severity: info }', [[{}, { headcount: 3 }]]],
    [
      '{ when: rank(won_revenue) = 1 and won_revenue > 0, by: [rep.name], grain: quarter, severity: info }',
      [[{ 'rep.name': 'Ana' }, { won_revenue: '230' }]],
    ],
    ['{ when: growth(won_revenue) < 0, grain: quarter, severity: info }', []],
    [
      "{ when: won_revenue > 0, by: [stage], where: \"rep.name = 'Cleo O''Hara'\", severity: info }",
      [[{ stage: 'won' }, { won_revenue: '45' }]],
    ],
  ];
  test.each(conditions)('%s', async (alert, groups) => {
    const { named } = await alertsOf(withAlert(alert));
    expect(named('asked')?.groups.map(({ group, values }) => [group, values])).toEqual(groups);
  });
});

describe('the rows behind', () => {
  test('each command lists those that the group stands on', async () => {
    const folder = smallProject();
    const { alerts } = await alertsOf(folder);
    const listed: Record<string, readonly unknown[]> = {};
    for (const { name, groups } of alerts) {
      for (const { group, rows } of groups) {
        for (const { command } of rows) {
          const [program, ...words] = shellWords(command);
          expect(program).toBe('metrics');
          const { out, err } = await metrics(folder, ...words, '--format', 'json');
          expect(err).toBe('');
          const { rows: found, columns }: { rows: Record<string, unknown>[]; columns: { name: string }[] } =
            JSON.parse(out);
          const key = columns[0]?.name ?? '';
          listed[`${name} ${Object.values(group).join(' ')} ${key}`] = found.map(row => row[key]);
        }
      }
    }
    expect(listed).toEqual({
      'quiet_rep Ana activity_id': ['x1', 'x2'],
      "quiet_rep Cleo O'Hara activity_id": ['x6'],
      "losing Cleo O'Hara deal_id": ['h', 'k'],
      'behind Ben deal_id': ['d'],
      'behind Ben rep_id': ['r2'],
      'south_is_low  deal_id': ['d', 'k'],
      'full_pipeline  deal_id': ['c'],
    });
  });
});

describe('the command', () => {
  test('exits with 1 when something critical fires, and only then', async () => {
    expect((await alertsOf(smallProject())).code).toBe(1);
    // A year before, Cleo had lost nothing.
    const { code, out } = await metrics(smallProject(), 'alerts', '--as-of', '2025-03-17');
    expect([code, out.includes('critical')]).toEqual([0, false]);
  });

  test('lists what fires, the most severe first, in either language', async () => {
    const folder = smallProject();
    const { out } = await metrics(folder, 'alerts', ...asOf);
    expect(out).toBe(`critical Losing
  Cleo O'Hara wins 50%
    metrics rows win_rate --period 2026-01-01..2026-03-31 --where "rep.name = 'Cleo O''Hara'" --as-of 2026-03-17

warning Quiet rep
  Ana has logged only 1 in the week of Mar 9, 2026
    metrics rows activity_count --period 2026-03-02..2026-03-15 --where "rep.name = 'Ana'" --as-of 2026-03-17
  Cleo O'Hara has logged only 0 in the week of Mar 9, 2026
    metrics rows activity_count --period 2026-03-02..2026-03-15 --where "rep.name = 'Cleo O''Hara'" --as-of 2026-03-17

warning Behind
  Ben: Attainment 37.5%
    metrics rows attainment --table deals --period 2026-03-01..2026-03-31 --where "rep.name = 'Ben'" --as-of 2026-03-17
    metrics rows attainment --table quotas --period 2026-03-01..2026-03-31 --where "rep.name = 'Ben'" --as-of 2026-03-17
  (it is not known whether it holds in 1 group)

warning South is low
  The south has won €35
    metrics rows won_revenue --period 2026-03-01..2026-03-31 --where "rep.region = 'South'" --as-of 2026-03-17

info Full pipeline
  Open pipeline €50
    metrics rows pipeline --as-of 2026-03-17

6 alerts, 5 fire, as of 2026-03-17
`);
    const { out: spanish } = await metrics(folder, 'alerts', ...asOf, '--lang', 'es');
    expect(spanish).toContain(
      'aviso Comercial sin actividad\n  Ana solo ha registrado 1 en la semana del 9 mar 2026\n',
    );
    expect(spanish).toContain('Ben: Cumplimiento 37,5\u00a0%');
    expect(spanish).toContain('6 alertas, saltan 5, a 2026-03-17');
  });

  test('says what is wrong with an alert at its word, and asks nothing', async () => {
    const { code, out, err } = await metrics(withAlert('{ when: won_revenu < 5, severity: info }'), 'alerts', ...asOf);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('error[M2001]: there is no metric `won_revenu`\n  --> more.yaml:3:18');
  });

  test('a role that there is not is wrong usage', async () => {
    const { code, err } = await metrics(smallProject(), 'alerts', '--as', 'nobody');
    expect([code, err]).toEqual([2, 'error: there is no role `nobody`\n']);
  });
});
