/** Sessions on DuckDB: who is answered what, what is kept, shared, stopped and cut, and what happens when files change. */
import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type Asker,
  type Build,
  type OpenOptions,
  openProject,
  type Principal,
  type ProjectSession,
  Refusal,
} from '../../runtime/index.ts';
import { metrics, projectFolder } from '../support/project.ts';
import { expectWithin } from '../support/soon.ts';
import { clock, dealsCsv, metricsYaml, shop } from './shop.ts';

const sessions: ProjectSession[] = [];

afterEach(async () => {
  await Promise.all(sessions.splice(0).map(session => session.close()));
});

async function open(folder: string, options: OpenOptions = {}): Promise<ProjectSession> {
  const session = await openProject(folder, { clock, reload: 'never', ...options });
  sessions.push(session);
  return session;
}

const everything: Asker = { principal: 'everything' };

/** The code that something is refused with; `answered` where it is not. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'answered';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

async function rowsOf(stream: AsyncIterable<readonly unknown[]>): Promise<readonly (readonly unknown[])[]> {
  const rows = [];
  for await (const row of stream) rows.push(row);
  return rows;
}

const byRep = { metrics: ['revenue'], by: ['rep.name'] };

describe('an answer', () => {
  test.each<[Principal, readonly (readonly [string, string])[]]>([
    [
      'everything',
      [
        ['Ana', '150.5'],
        ['Ben', '70'],
        ['Cleo', '20'],
        ['Dan', '1000'],
      ],
    ],
    [
      { as: 'director' },
      [
        ['Ana', '150.5'],
        ['Ben', '70'],
        ['Cleo', '20'],
        ['Dan', '1000'],
      ],
    ],
    [
      { as: 'regional', user: { region: 'South' } },
      [
        ['Cleo', '20'],
        ['Dan', '1000'],
      ],
    ],
    [{ as: 'rep', user: { rep_id: 'r2' } }, [['Ben', '70']]],
  ])('of %j', async (principal, rows) => {
    const session = await open(shop());
    expect((await session.query(byRep, { principal })).rows).toEqual(rows);
    expect(await rowsOf(await session.stream(byRep, { principal }))).toEqual(rows);
  });

  test('is that of the command, except for the time that it took', async () => {
    const folder = shop();
    const session = await open(folder);
    const { columns, rows, meta } = await session.query(
      { metrics: ['revenue'], by: ['month'], period: '2026-Q1' },
      everything,
    );
    const words = ['revenue', '--by', 'month', '--period', '2026-Q1', '--as-of', '2026-03-31', '--format', 'json'];
    const printed = JSON.parse((await metrics(folder, 'query', ...words)).out);
    expect({ columns, meta: { ...meta, sql_ms: 0 } }).toEqual({
      columns: printed.columns,
      meta: { ...printed.meta, sql_ms: 0 },
    });
    expect(rows.map(([month, revenue]) => ({ month, revenue }))).toEqual(printed.rows);
    expect(rows).toEqual([
      ['2026-01-01', '100'],
      ['2026-02-01', '140.5'],
      ['2026-03-01', '1000'],
    ]);
  });

  test('is given at a day that is asked, or at that of the clock', async () => {
    const session = await open(shop());
    expect((await session.query({ ...byRep, as_of: '2026-02-01' }, everything)).meta.as_of).toBe('2026-02-01');
    expect((await session.query(byRep, everything)).meta.as_of).toBe('2026-03-31');
    expect(await codeOf(session.query({ ...byRep, as_of: '2026-02-31' }, everything))).toBe('M5004');
  });

  test('nobody asks by default, and nothing in a question says who does', async () => {
    const session = await open(shop());
    const unsaid: Asker = JSON.parse('{}');
    await expect(session.query(byRep, unsaid)).rejects.toThrow('principal');
    const forged: typeof byRep = JSON.parse('{"metrics":["revenue"],"by":["rep.name"],"as":"director","user":{}}');
    const { rows } = await session.query(forged, { principal: { as: 'rep', user: { rep_id: 'r2' } } });
    expect(rows).toEqual([['Ben', '70']]);
  });
});

describe('a refusal', () => {
  test('has the code, the words, the cure, and the place of the word', async () => {
    const session = await open(shop());
    const refused = session.query({ metrics: ['revenu'] }, everything);
    await expect(refused).rejects.toBeInstanceOf(Refusal);
    await expect(refused).rejects.toMatchObject({
      code: 'M2001',
      help: 'did you mean `revenue`?',
      diagnostics: [{ span: { file: 'query.metrics', start: 0, end: 6 } }],
    });
  });

  test('says to a role of what is hidden what it says of what there is not', async () => {
    const session = await open(shop());
    const asker: Asker = { principal: { as: 'rep', user: { rep_id: 'r1' } } };
    const said = async (name: string) => {
      const error: unknown = await session.query({ metrics: [name] }, asker).catch((caught: unknown) => caught);
      if (!(error instanceof Refusal)) throw error;
      const { code, message, help, diagnostics, sources } = error;
      return JSON.stringify([code, message, help, diagnostics, sources]).replaceAll(name, 'NAME');
    };
    expect(await said('margin')).toBe(await said('murgin'));
  });

  test('shows a role no place in the definitions', async () => {
    const session = await open(shop({ 'deals.csv': 'deal_id,rep_id\n1,r1\n' }));
    const error: unknown = await session
      .query(byRep, { principal: { as: 'rep', user: { rep_id: 'r1' } } })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Refusal);
    expect(JSON.stringify(error)).not.toContain('metrics.yaml');
    expect(await codeOf(session.query(byRep, everything))).toBe('M9002');
  });

  test('of a project that is not sound comes when it is opened', async () => {
    expect(await codeOf(openProject(projectFolder({ 'metrics.yaml': 'version: 1\n' })))).toBe('M1009');
    expect(await codeOf(openProject(path.join(projectFolder({}), 'none')))).toBe('M9006');
    expect(await codeOf(openProject(shop(), { profile: 'other' }))).toBe('M9014');
  });
});

describe('what is kept', () => {
  test('is the answer until a file is written', async () => {
    const folder = shop();
    const session = await open(folder);
    expect((await session.query(byRep, everything)).origin).toBe('warehouse');
    const kept = await session.query(byRep, everything);
    expect([kept.origin, kept.rows[3]]).toEqual(['kept', ['Dan', '1000']]);
    appendFileSync(path.join(folder, 'deals.csv'), '6,r4,11,2026-03-02\n');
    const fresh = await session.query(byRep, everything);
    expect([fresh.origin, fresh.rows[3]]).toEqual(['warehouse', ['Dan', '1011']]);
  });

  test('is that of a database until another takes its place', async () => {
    const folder = shop({
      'metrics.yaml': metricsYaml
        .replace('from: deals.csv', 'from: deals')
        .replace('tables:', 'warehouse: { profiles: { local: { engine: duckdb, path: a.duckdb } } }\ntables:'),
    });
    await database(
      path.join(folder, 'a.duckdb'),
      "select 1 as deal_id, 'r1' as rep_id, 5.5::decimal(9,2) as amount, date '2026-01-01' as closed_on",
    );
    const session = await open(folder);
    const total = async () => {
      const { origin, rows } = await session.query({ metrics: ['revenue'] }, everything);
      return [origin, rows[0]?.[0]];
    };
    expect([await total(), await total()]).toEqual([
      ['warehouse', '5.5'],
      ['kept', '5.5'],
    ]);
    await database(
      path.join(folder, 'b.duckdb'),
      "select 1 as deal_id, 'r1' as rep_id, 7.5::decimal(9,2) as amount, date '2026-01-01' as closed_on",
    );
    renameSync(path.join(folder, 'b.duckdb'), path.join(folder, 'a.duckdb'));
    expect([await total(), await total()]).toEqual([
      ['warehouse', '7.5'],
      ['kept', '7.5'],
    ]);
  });

  test.each([
    ["select range as id from range(3) where now() > timestamp '2000-01-01'"],
    ["select deal_id as id from read_csv('FOLDER/deals.csv')"],
    ["select deal_id as id from 'FOLDER/deals.csv'"],
    ['select id from moving'],
  ])('is nothing that may change without a file that is known to be read: %s', async sql => {
    const folder = shop();
    const views = sql.includes('moving') ? ['create view moving as select 1 as id where random() < 2'] : [];
    await database(path.join(folder, 'a.duckdb'), 'select 1 as id', ...views);
    const text = metricsYaml.replace('select range as id from range(20000)', sql.replace('FOLDER', folder));
    writeFileSync(
      path.join(folder, 'metrics.yaml'),
      text.replace('tables:', 'warehouse: { profiles: { local: { engine: duckdb, path: a.duckdb } } }\ntables:'),
    );
    const session = await open(folder);
    const ask = async () =>
      (await session.query({ metrics: ['many_count'] }, everything).catch(error => ({ origin: error.message }))).origin;
    expect([await ask(), await ask()]).toEqual(['warehouse', 'warehouse']);
  });

  test('is of one day, one profile and one definition', async () => {
    let now = clock();
    const folder = shop();
    const session = await open(folder, { clock: () => now, reload: 'watch' });
    const origin = async () => (await session.query(byRep, everything)).origin;
    expect([await origin(), await origin()]).toEqual(['warehouse', 'kept']);
    now += 24 * 3_600_000;
    expect([await origin(), await origin()]).toEqual(['warehouse', 'kept']);
    const before = session.model;
    writeFileSync(
      path.join(folder, 'metrics.yaml'),
      metricsYaml.replace('sum(deals.amount), unit', 'max(deals.amount), unit'),
    );
    await until(() => session.model !== before);
    const changed = await session.query(byRep, everything);
    expect([changed.origin, changed.rows[0]]).toEqual(['warehouse', ['Ana', '100']]);
  });

  test('is of one hour where hours are read', async () => {
    let now = Date.UTC(2026, 2, 31, 10, 30);
    const session = await open(shop(), { clock: () => now });
    const hours = async () => {
      const question = { metrics: ['call_count'], by: ['hour'], period: '2026-03-31' };
      const { origin, rows } = await session.query(question, everything);
      return [origin, rows.length];
    };
    // From midnight to the hour that it is.
    expect([await hours(), await hours()]).toEqual([
      ['warehouse', 11],
      ['kept', 11],
    ]);
    now += 2 * 3_600_000;
    expect(await hours()).toEqual(['warehouse', 13]);
  });

  test('never crosses from one asker to another', async () => {
    const principals: readonly Principal[] = [
      'everything',
      { as: 'director' },
      ...['North', 'South'].map(region => ({ as: 'regional', user: { region } })),
      ...['r1', 'r2', 'r3', 'r4'].map(rep_id => ({ as: 'rep', user: { rep_id } })),
      { as: 'rep', user: { rep_id: "r1' or true --" } },
    ];
    const questions = [
      byRep,
      { metrics: ['revenue', 'deal_count', 'mean_deal'] },
      { metrics: ['revenue'], by: ['month'], period: '2026-Q1', complete: ['rep.region'] },
      { metrics: ['deal_count'], by: ['rep.region'], where: "rep.region = 'North'" },
      { metrics: ['margin'] },
    ];
    const folder = shop();
    const cold = await open(folder, { limits: { cacheBytes: 0 } });
    const warm = await open(folder);
    const said = async (session: ProjectSession, question: (typeof questions)[number], principal: Principal) => {
      try {
        return JSON.stringify((await session.query(question, { principal })).rows);
      } catch (error) {
        if (error instanceof Refusal) return error.message;
        throw error;
      }
    };
    const pairs = questions.flatMap(question => principals.map(principal => ({ question, principal })));
    const expected: string[] = [];
    for (const { question, principal } of pairs) expected.push(await said(cold, question, principal));
    // All at once, twice and in another order, so that they meet under way and among what is kept.
    const shuffled = pairs
      .map((pair, index) => ({ ...pair, index }))
      .toSorted((a, b) => ((a.index * 7) % 11) - ((b.index * 7) % 11));
    for (let round = 0; round < 2; round += 1) {
      const found = await Promise.all(
        shuffled.map(async ({ question, principal, index }) => [index, await said(warm, question, principal)] as const),
      );
      expect(found.toSorted(([a], [b]) => a - b).map(([, text]) => text)).toEqual(expected);
    }
    expect(new Set(expected).size).toBeGreaterThan(15);
  });

  test('is left out where it would not fit', async () => {
    const session = await open(shop(), { limits: { cacheBytes: 1000 } });
    const origin = async () => (await session.query(byRep, everything)).origin;
    expect([await origin(), await origin()]).toEqual(['warehouse', 'warehouse']);
  });
});

describe('questions at once', () => {
  test('that are the same are asked once', async () => {
    const session = await open(shop(), { limits: { cacheBytes: 0 } });
    const replies = await Promise.all(Array.from({ length: 5 }, () => session.query(byRep, everything)));
    expect(replies.map(({ origin }) => origin).sort()).toEqual(['shared', 'shared', 'shared', 'shared', 'warehouse']);
  });

  test('one who goes does not take the answer from the others', async () => {
    const session = await open(shop(), { limits: { atOnce: 1 } });
    const block = new AbortController();
    const blocking = codeOf(session.query({ metrics: ['endless_count'] }, { ...everything, signal: block.signal }));
    await until(() => session.running.questions === 1);
    const leaving = new AbortController();
    const first = codeOf(session.query(byRep, { ...everything, signal: leaving.signal }));
    const second = session.query(byRep, everything);
    await pause(50);
    leaving.abort();
    expect(await first).toBe('M9010');
    block.abort();
    expect(await blocking).toBe('M9010');
    expect((await second).rows).toHaveLength(4);
  });

  test('are stopped within 250 ms, and their place is free for the next', async () => {
    const session = await open(shop(), { limits: { atOnce: 1 } });
    await session.query({ metrics: ['revenue'] }, everything);
    await expectWithin(250, async () => {
      const stop = new AbortController();
      const stopped = codeOf(session.query({ metrics: ['endless_count'] }, { ...everything, signal: stop.signal }));
      await until(() => session.running.questions === 1);
      await pause(100);
      const began = performance.now();
      stop.abort();
      expect(await stopped).toBe('M9010');
      expect((await session.query(byRep, everything)).rows).toHaveLength(4);
      return performance.now() - began;
    });
  });

  test('have a deadline, those that wait too', async () => {
    const session = await open(shop(), { limits: { atOnce: 1 } });
    const slow = codeOf(session.query({ metrics: ['endless_count'] }, { ...everything, timeoutMs: 1500 }));
    await until(() => session.running.questions === 1);
    expect(await codeOf(session.query(byRep, { ...everything, timeoutMs: 50 }))).toBe('M9009');
    expect(await slow).toBe('M9009');
    expect(await codeOf(session.query(byRep, everything))).toBe('answered');
  });

  test('are refused when too many wait', async () => {
    const session = await open(shop(), { limits: { atOnce: 1, waiting: 1 } });
    const stop = new AbortController();
    const slow = codeOf(session.query({ metrics: ['endless_count'] }, { ...everything, signal: stop.signal }));
    await until(() => session.running.questions === 1);
    const waits = codeOf(session.query(byRep, everything));
    await pause(20);
    const asker: Asker = { principal: { as: 'rep', user: { rep_id: 'r1' } } };
    await expect(session.query(byRep, asker)).rejects.toMatchObject({
      code: 'M9021',
      message: /1 questions? .* 1 wait/,
    });
    stop.abort();
    expect([await slow, await waits]).toEqual(['M9010', 'answered']);
  });
});

describe('what is too much', () => {
  const everyRow = { metrics: ['many_count'], by: ['many.id'] };

  test('is cut off, and that is said', async () => {
    const session = await open(shop());
    const few = await session.query(everyRow, { ...everything, maxRows: 10 });
    expect([few.rows.length, few.meta.truncated]).toEqual([10, true]);
    // A row takes 32 bytes, 16 for each of two cells, and their texts: 10 rows of 66, and 85 of 67.
    const small = await session.query(everyRow, { ...everything, maxBytes: 6400 });
    expect([small.rows.length, small.meta.truncated]).toEqual([95, true]);
    const exact = await session.query(byRep, { ...everything, maxRows: 4 });
    expect([exact.rows.length, exact.meta.truncated]).toEqual([4, false]);
  });

  test('the session has the last word', async () => {
    const session = await open(shop(), { limits: { maxRows: 3 } });
    expect((await session.query(byRep, { ...everything, maxRows: 100 })).rows).toHaveLength(3);
  });
});

describe('a stream', () => {
  const everyRow = { metrics: ['many_count'], by: ['many.id'] };

  test('has its columns first, all rows, and an end', async () => {
    const session = await open(shop());
    const stream = await session.stream(everyRow, everything);
    expect([stream.columns.map(({ name }) => name), stream.end]).toEqual([['many.id', 'many_count'], null]);
    const rows = await rowsOf(stream);
    expect(rows).toEqual(Array.from({ length: 20_000 }, (_, id) => [id, 1]));
    expect(stream.end).toMatchObject({ rows: 20_000, truncated: false });
  });

  test('may be given up, cut and stopped', async () => {
    const session = await open(shop(), { limits: { streams: 1, waiting: 0 } });
    await session.query(byRep, everything);
    for await (const [id] of await session.stream(everyRow, everything)) if (id === 5000) break;
    const cut = await session.stream(everyRow, { ...everything, maxRows: 7 });
    expect([(await rowsOf(cut)).length, cut.end?.truncated]).toEqual([7, true]);
    await expectWithin(250, async () => {
      const stop = new AbortController();
      const stopped = await session.stream(everyRow, { ...everything, signal: stop.signal });
      expect(await codeOf(session.stream(byRep, everything))).toBe('M9021');
      const began = performance.now();
      stop.abort();
      expect(await codeOf(rowsOf(stopped))).toBe('M9010');
      expect(await rowsOf(await session.stream(byRep, everything))).toHaveLength(4);
      return performance.now() - began;
    });
  });

  test('that nobody reads ends by its deadline, and its place is free', async () => {
    const session = await open(shop(), { limits: { streams: 1 } });
    await session.stream(everyRow, { ...everything, timeoutMs: 1000 });
    expect(await rowsOf(await session.stream(byRep, everything))).toHaveLength(4);
  });

  test('that fails half way fails, and says why', async () => {
    const session = await open(shop());
    const failing = await session
      .stream({ metrics: ['faulty_count'], by: ['faulty.id'] }, everything)
      .catch(error => error);
    const found = failing instanceof Refusal ? failing : await rowsOf(failing).catch((error: unknown) => error);
    expect(found).toMatchObject({ code: 'M9008', message: /no such thing/ });
  });
});

describe('files that change', () => {
  test('a project that is broken takes nobody the answers of the last good one', async () => {
    const folder = shop();
    const builds: Build[] = [];
    const session = await open(folder, { reload: 'watch', onBuild: build => builds.push(build) });
    const before = session.model;
    const file = path.join(folder, 'metrics.yaml');
    writeFileSync(file, metricsYaml.replace('sum(deals.amount) * 0.2', 'sum(deals.amonut)'));
    await until(() => session.problem !== null);
    expect(session.problem).toMatchObject({ code: 'M2001', diagnostics: [{ span: { file: 'metrics.yaml' } }] });
    expect([session.model, (await session.query(byRep, everything)).rows.length]).toEqual([before, 4]);
    rmSync(file);
    await until(() => builds.length === 2);
    expect([session.problem?.code, (await session.query(byRep, everything)).rows.length]).toEqual(['M9006', 4]);
    writeFileSync(file, metricsYaml.replace('* 0.2', '* 0.5'));
    await until(() => session.problem === null);
    expect((await session.query({ metrics: ['margin'] }, everything)).rows).toEqual([['620.25']]);
    expect(builds.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'good']);
    expect(session.builds).toEqual({ good: 2, failed: 2 });
  });

  test('data that changes makes no new model', async () => {
    const folder = shop();
    const builds: Build[] = [];
    const session = await open(folder, { reload: 'watch', onBuild: build => builds.push(build) });
    writeFileSync(path.join(folder, 'deals.csv'), dealsCsv.replace('1000', '2000'));
    await pause(300);
    expect((await session.query({ metrics: ['revenue'] }, everything)).rows).toEqual([['2240.5']]);
    expect(builds).toEqual([]);
  });

  test('a question that is under way is answered by the model that it was asked of', async () => {
    const folder = shop();
    const session = await open(folder, { reload: 'watch' });
    const stream = await session.stream({ metrics: ['many_count'], by: ['many.id'] }, everything);
    const before = session.model;
    writeFileSync(path.join(folder, 'metrics.yaml'), metricsYaml.replace('* 0.2', '* 0.5'));
    await until(() => session.model !== before);
    expect((await session.query({ metrics: ['margin'] }, everything)).rows).toEqual([['620.25']]);
    expect([stream.meta.model, (await rowsOf(stream)).length]).toEqual([before, 20_000]);
  });
});

test('a session that is closed answers nobody, and lets go of its database', async () => {
  const session = await openProject(shop(), { clock });
  const last = session.query(byRep, everything);
  await session.close();
  expect((await last).rows).toHaveLength(4);
  await expect(session.query(byRep, everything)).rejects.toThrow('closed');
});

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > 10_000) throw new Error('it did not come to be');
    await pause(10);
  }
}

async function database(file: string, deals: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const sql of [`create table deals as ${deals}`, ...statements]) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}
