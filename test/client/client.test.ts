/** The client on a session of the same process: values of every type, drift by name, refusals, streams. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Body, Drift, OnDrift } from '../../client/client.d.ts';
import { clientOf, inProcess, MetricsError, names } from '../../client/index.ts';
import { openProject, type Principal, type ProjectSession } from '../../runtime/index.ts';
import { projectFolder } from '../support/project.ts';
import { filesOf, modelIn, shop } from './generate.ts';

const read = (file: string) => readFileSync(path.join(shop, file), 'utf8');
const definitions = read('metrics.yaml');
const data = { 'reps.csv': read('reps.csv'), 'deals.csv': read('deals.csv'), 'parts.csv': read('parts.csv') };
const opened: ProjectSession[] = [];

afterAll(async () => {
  for (const session of opened.splice(0)) await session.close();
});

/** The session of a shop whose definitions say something else in one place, or in several. */
async function sessionOf(...changes: readonly (readonly [from: string, to: string])[]): Promise<ProjectSession> {
  const text = changes.reduce((before, [from, to]) => {
    expect(before.split(from).length).toBeGreaterThan(1);
    return before.replaceAll(from, () => to);
  }, definitions);
  const session = await openProject(projectFolder({ 'metrics.yaml': text, ...data }), { reload: 'never' });
  opened.push(session);
  return session;
}

const { model, hash } = modelIn(shop);
const files = await filesOf(model, 'shop', hash, null);

/** What the generated JavaScript says, without the package that it imports. */
const generated = {
  hash: /hash: "(\w+)"/.exec(files['shop.gen.js'] ?? '')?.[1] ?? '',
  meanings: () => import(`data:text/javascript,${encodeURIComponent(files['shop.gen.meanings.js'] ?? '')}`),
};

function asked(session: ProjectSession, principal: Principal = 'everything', onDrift: OnDrift = 'throw') {
  return clientOf(generated, inProcess(session, principal), { onDrift });
}

const same = await sessionOf();

describe('values', () => {
  const by = ['deal_id', 'rep', 'rep.region', 'urgent', 'weight', 'amount', 'closed_on', 'seen_at', 'constructor'];

  test('are of the types that are promised, exact to the last digit', async () => {
    const metrics = ['won_revenue', 'deal_count', 'win_rate', 'last_seen', 'last_closed', 'all_urgent', 'best_stage'];
    const { rows } = await asked(same).query({ metrics, by, as_of: '2026-03-31' });
    expect(rows).toEqual([
      {
        ...{ deal_id: 1, rep: 1, 'rep.region': 'it\'s "North"', urgent: true, weight: 1.5, amount: '100.1' },
        ...{ closed_on: '2026-01-05', seen_at: '2026-01-05T10:00:00Z', constructor: 'a', won_revenue: '100.1' },
        ...{ deal_count: 1, win_rate: 1, last_seen: '2026-01-05T10:00:00Z', last_closed: '2026-01-05' },
        ...{ all_urgent: true, best_stage: 'few' },
      },
      {
        ...{ deal_id: 3, rep: 2, 'rep.region': 'back\\slash', urgent: null, weight: null },
        ...{ amount: '12345678901234567.89', closed_on: '2026-02-01', seen_at: null, constructor: null },
        ...{ won_revenue: '12345678901234567.89', deal_count: 1, win_rate: 1, last_seen: null },
        ...{ last_closed: '2026-02-01', all_urgent: null, best_stage: 'few' },
      },
      {
        ...{ deal_id: 4, rep: null, 'rep.region': null, urgent: true, weight: 0.1, amount: null, closed_on: null },
        ...{ seen_at: '2026-03-01T00:00:00.25Z', constructor: 'c', won_revenue: '0', deal_count: 1, win_rate: 0 },
        ...{ last_seen: '2026-03-01T00:00:00.25Z', last_closed: null, all_urgent: true, best_stage: 'few' },
      },
      {
        ...{ deal_id: '9007199254740993', rep: 1, 'rep.region': 'it\'s "North"', urgent: false, weight: 2.25 },
        ...{ amount: '0.2', closed_on: '2026-01-20', seen_at: '2026-07-05T22:30:00Z', constructor: 'b' },
        ...{ won_revenue: '0', deal_count: 1, win_rate: 0, last_seen: '2026-07-05T22:30:00Z' },
        ...{ last_closed: '2026-01-20', all_urgent: false, best_stage: 'few' },
      },
    ]);
  });

  test('of a row choose that row again', async () => {
    const client = asked(same);
    const { rows } = await client.query({ metrics: ['deal_count'], by });
    expect(rows).toHaveLength(4);
    for (const { deal_count: _, ...where } of rows) {
      const found = await client.query({ metrics: ['deal_count'], where });
      expect(found.rows).toEqual([{ deal_count: 1 }]);
    }
  });

  test('a metric that numbers do not hold is refused', async () => {
    const refused = asked(same).query({ metrics: ['levels'] });
    await expect(refused).rejects.toMatchObject({ name: 'MetricsError', code: 'inexact' });
    await expect(refused).rejects.toThrow('levels is 9007199254740997');
  });

  test('comparisons have their columns', async () => {
    const question = { metrics: ['deal_count', 'best_stage'], compare: ['prior_month'], period: '2026-02' };
    const { rows, columns, meta } = await asked(same).query({ ...question, as_of: '2026-03-31' });
    expect(rows).toEqual([
      { deal_count: 1, 'deal_count.prior': 2, 'deal_count.change': -1, best_stage: 'few', 'best_stage.prior': 'few' },
    ]);
    expect(columns[0]).toEqual({ name: 'deal_count', kind: 'metric', type: 'integer', unit: null });
    expect(meta).toMatchObject({
      model: hash,
      period: '2026-02-01..2026-02-28',
      as_of: '2026-03-31',
      truncated: false,
    });
  });
});

const drifts: readonly (readonly [what: string, from: string, to: string, question: Body, drift: readonly Drift[]])[] =
  [
    [
      'another formula',
      "sum(deals.amount where stage = 'won')",
      "sum(deals.amount where stage = 'lost')",
      { metrics: ['won_revenue', 'deal_count'] },
      [{ metric: 'won_revenue', was: expect.any(String), is: expect.any(String) }],
    ],
    [
      'another formula below',
      'count(deals where urgent)',
      'count(deals where not urgent)',
      { metrics: ['prototype', 'catch'] },
      [{ metric: 'catch', was: expect.any(String), is: expect.any(String) }],
    ],
    [
      'another currency',
      'currency: EUR',
      'currency: USD',
      { metrics: ['won_revenue', 'deal_count'] },
      [{ metric: 'won_revenue', was: 'decimal EUR', is: 'decimal USD' }],
    ],
    ['a label', 'es: Ganado', 'es: Ventas', { metrics: ['won_revenue'] }, []],
    ['a metric that is not asked', 'max(deals.weight)', 'min(deals.weight)', { metrics: ['won_revenue'] }, []],
  ];

describe('drift', () => {
  test.each(drifts)('%s', async (_, from, to, question, drift) => {
    const session = await sessionOf([from, to]);
    expect(session.model).not.toBe(hash);
    const told: Drift[] = [];
    const client = asked(session, 'everything', found => told.push(...found));
    const { rows } = await client.query(question);
    await client.query(question);
    expect(rows).toHaveLength(1);
    expect(told).toEqual(drift);
    const strict = asked(session).query(question);
    if (drift.length === 0) expect((await strict).rows).toEqual(rows);
    else await expect(strict).rejects.toMatchObject({ code: 'drift', drift });
  });

  test('is a warning that names what has changed, once', async () => {
    const session = await sessionOf(['currency: EUR', 'currency: USD']);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const client = asked(session, 'everything', 'warn');
    for (let time = 0; time < 3; time += 1) await client.query({ metrics: ['won_revenue'] });
    expect(warn.mock.calls).toEqual([[expect.stringContaining('won_revenue (decimal EUR, now decimal USD)')]]);
    warn.mockRestore();
  });

  test('of a stream is told before its first row', async () => {
    const session = await sessionOf(['currency: EUR', 'currency: USD']);
    const rows = asked(session).stream({ metrics: ['won_revenue'], by: ['stage'] });
    await expect(rows.next()).rejects.toMatchObject({ code: 'drift' });
    const told: string[] = [];
    const watched = asked(session, 'everything', found => told.push(...found.map(({ metric }) => metric)));
    const found: unknown[] = [];
    for await (const row of watched.stream({ metrics: ['won_revenue', 'deal_count'], by: ['stage'] })) found.push(row);
    expect([told, found.length]).toEqual([['won_revenue'], 3]);
  });
});

describe('refusals', () => {
  test('say the code, the help and the findings', async () => {
    const refused = asked(same).query({ metrics: ['won_revenu'] });
    await expect(refused).rejects.toBeInstanceOf(MetricsError);
    await expect(refused).rejects.toMatchObject({
      ...{ code: 'M2001', help: 'did you mean `won_revenue`?', status: null },
      diagnostics: [{ code: 'M2001', severity: 'error' }],
    });
  });

  test('a role knows its own', async () => {
    const seller: Principal = { as: 'seller', user: { region: 'back\\slash' } };
    const { rows } = await asked(same, seller).query({ metrics: ['deal_count'] });
    expect(rows).toEqual([{ deal_count: 1 }]);
    await expect(asked(same, seller).query({ metrics: ['pay'] })).rejects.toMatchObject({ code: 'M2001' });
  });

  test('what is called off stays what it is', async () => {
    const signal = AbortSignal.abort();
    const called = asked(same).query({ metrics: ['won_revenue'] }, { signal });
    await expect(called).rejects.not.toMatchObject({ code: 'unreachable' });
  });
});

test('a stream has the rows of the answer, and may be left', async () => {
  const question = { metrics: ['won_revenue', 'levels'], by: ['deal_id', 'urgent'], where: { deal_id: [1, 3, 4] } };
  const { rows } = await asked(same).query(question);
  const all: unknown[] = [];
  for await (const row of asked(same).stream(question)) all.push(row);
  expect(all).toEqual(rows);
  for await (const row of asked(same).stream(question)) {
    expect(row).toEqual(rows[0]);
    break;
  }
  expect(same.running.streams).toBe(0);
});

test('names are their own values', () => {
  const m: Readonly<Record<string, string>> = names();
  expect([m.won_revenue, m['won_goal.pace'], m.constructor]).toEqual(['won_revenue', 'won_goal.pace', 'constructor']);
});

test('what browsers load is under 3 KB, and needs nothing of Node', async () => {
  const { outputFiles } = await build({
    ...{ entryPoints: [path.join(import.meta.dirname, '../../client/index.ts')], bundle: true, minify: true },
    ...{ write: false, format: 'esm', platform: 'neutral', target: 'es2022', logLevel: 'silent' },
  });
  const [bundle] = outputFiles;
  expect(gzipSync(bundle?.contents ?? '', { level: 9 }).length).toBeLessThan(3 * 1024);
});
