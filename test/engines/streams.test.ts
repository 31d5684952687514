/** Rows handed over while they are read, on every engine: all of them or an error, no faster than they are taken, and no longer than they are wanted. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dialect, Statement } from '../../compiler/index.ts';
import { openDuckDB } from '../../runtime/engines/duckdb/index.ts';
import { openPostgres } from '../../runtime/engines/postgres/index.ts';
import { EngineError, openProject, type ProjectSession, type StreamingEngine } from '../../runtime/index.ts';
import { makeDatabase } from '../support/postgres.ts';
import { projectFolder } from '../support/project.ts';
import { expectWithin } from '../support/soon.ts';

const engines: Record<string, StreamingEngine> = {};
let url = '';

beforeAll(async () => {
  url = (await makeDatabase()).url;
  engines.duckdb = await openDuckDB({ profile: 'test', file: null, folder: projectFolder({}) });
  engines.postgres = openPostgres({ profile: 'test', url });
});

afterAll(async () => {
  for (const engine of Object.values(engines)) await engine.close();
});

const statement = (sql: string): Statement => ({
  kind: 'statement',
  dialect: 'any',
  sql,
  parameters: [],
  columns: [{ name: 'i', kind: 'metric', type: 'integer', unit: { kind: 'unspecified' }, isPercent: false }],
  reads: [],
});

/** Whole numbers from 0, in SQL that each engine has. */
const numbers: Readonly<Record<string, (count: number) => string>> = {
  duckdb: count => `range(${count}) as g(i)`,
  postgres: count => `generate_series(0, ${count - 1}) as g(i)`,
};
const failing: Readonly<Record<string, (row: number) => string>> = {
  duckdb: row => `case when i = ${row} then error('no such thing') else i end`,
  postgres: row => `i / (case when i = ${row} then 0 else 1 end)`,
};
const endless: Readonly<Record<string, string>> = {
  duckdb: 'select count(*) as i from range(100000000) a, range(1000) b where a.range + b.range < 0',
  postgres:
    'select count(*) as i from generate_series(1, 100000000) as a, generate_series(1, 1000) as b where a + b < 0',
};

interface Outcome {
  readonly rows: readonly number[];
  readonly code: string | null;
  readonly message: string | null;
}

async function read(rows: AsyncIterable<readonly (readonly unknown[])[]>): Promise<Outcome> {
  const found: number[] = [];
  try {
    for await (const chunk of rows) for (const [value] of chunk) found.push(Number(value));
    return { rows: found, code: null, message: null };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { rows: found, code: error.diagnostic.code, message: error.message };
  }
}

describe.each(['duckdb', 'postgres'])('%s', name => {
  const limits = { timeoutMs: 30_000 };
  const engine = () => {
    const found = engines[name];
    if (found === undefined) throw new Error(`${name} is not open`);
    return found;
  };
  const from = numbers[name] ?? String;
  const sql = (count: number) => `select i from ${from(count)} order by i`;

  test.each([0, 1, 999, 1000, 2048, 2049, 50_000])('%i rows come in their order', async count => {
    const { rows, code } = await read(engine().stream(statement(sql(count)), limits));
    expect([rows.length, code]).toEqual([count, null]);
    expect(rows.findIndex((value, index) => value !== index)).toBe(-1);
  });

  test.each([0, 2047, 2048, 100_000, 199_999])(
    'an error at row %i is an error, in the words of the engine',
    async row => {
      const failed = `select ${(failing[name] ?? String)(row)} as i from ${from(200_000)}`;
      const { code, message } = await read(engine().stream(statement(failed), limits));
      expect([code, message]).toEqual(['M9008', expect.stringMatching(/no such thing|division by zero/)]);
    },
  );

  test('rows are read no faster than they are taken', async () => {
    // Some 4 GB in all; what is not taken must wait where it is.
    const wide = `select i, concat(i, repeat('x', 4000)) as text from ${from(1_000_000)}`;
    const before = process.memoryUsage().rss;
    const columns = [...statement('').columns, ...statement('').columns];
    const sizes: number[] = [];
    for await (const rows of engine().stream({ ...statement(wide), columns }, limits)) {
      sizes.push(rows.length);
      if (sizes.length === 10) break;
      await pause(50);
    }
    // What came while nobody took it would come together.
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2048);
    expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(500);
  });

  test.each(['abort', 'deadline'])('an %s ends it soon, whether rows are awaited or lie there', async how => {
    for (const text of [endless[name] ?? '', sql(5_000_000).replace(/ order.*/, '')]) {
      await expectWithin(250, async () => {
        const stop = new AbortController();
        const wanted = { signal: stop.signal, timeoutMs: how === 'deadline' ? 300 : 30_000 };
        const stream = engine().stream(statement(text), wanted)[Symbol.asyncIterator]();
        const first = stream.next().then(
          () => 'rows',
          (error: unknown) => (error instanceof EngineError ? error.diagnostic.code : String(error)),
        );
        await pause(how === 'deadline' ? 700 : 200);
        const began = performance.now();
        stop.abort();
        const code = how === 'deadline' ? 'M9009' : 'M9010';
        if ((await first) === 'rows') {
          const rest = await read({ [Symbol.asyncIterator]: () => stream });
          expect(rest.code).toBe(code);
        } else expect(await first).toBe(code);
        expect((await read(engine().stream(statement(sql(10)), limits))).rows).toHaveLength(10);
        return performance.now() - began;
      });
    }
  });

  test('who goes away leaves nothing behind', async () => {
    for (let time = 0; time < 20; time += 1) {
      for await (const rows of engine().stream(statement(sql(50_000)), limits)) if (rows.length > 0) break;
    }
    expect((await engine().execute(statement(sql(10)), { ...limits, maxRows: 100 })).rows).toHaveLength(10);
  });

  test('what an answer may take is a limit as well', async () => {
    const { rows, isTruncated } = await engine().execute(statement(sql(50_000)), {
      ...limits,
      maxRows: 100_000,
      maxBytes: 9800,
    });
    // 32 for a row, 16 for its cell, and the digits: 10 of 49, 90 of 50 and 94 of 51.
    expect([rows.length, isTruncated]).toEqual([194, true]);
    expect((await read(engine().stream(statement(sql(10)), limits))).rows).toHaveLength(10);
  });
});

describe('a session on PostgreSQL', () => {
  const definitions = (dialect: Dialect['name']) => `version: 1
name: numbers
warehouse: { profiles: { server: { engine: ${dialect}, url: "\${env:NUMBERS_URL}" } } }
tables:
  endless: { sql: "${endless.postgres}", key: i, columns: { i: integer } }
  numbers: { sql: "select i from generate_series(0, 19999) as g(i)", key: i, columns: { i: integer } }
metrics:
  endless_count: { formula: count(endless) }
  number_count: { formula: count(numbers) }
`;
  let session: ProjectSession;

  beforeAll(async () => {
    process.env.NUMBERS_URL = url;
    const folder = projectFolder({ 'metrics.yaml': definitions('postgres') });
    session = await openProject(folder, { reload: 'never', limits: { atOnce: 1, freshMs: 400 } });
  });

  afterAll(async () => {
    await session.close();
    delete process.env.NUMBERS_URL;
  });

  test('stops what is no longer wanted within 250 ms', async () => {
    await session.query({ metrics: ['number_count'] }, { principal: 'everything' });
    await expectWithin(250, async () => {
      const stop = new AbortController();
      const stopped = session
        .query({ metrics: ['endless_count'] }, { principal: 'everything', signal: stop.signal })
        .catch((error: unknown) => error);
      await pause(300);
      const began = performance.now();
      stop.abort();
      expect(await stopped).toMatchObject({ code: 'M9010' });
      const next = await session.query(
        { metrics: ['number_count'], where: 'numbers.i > 9' },
        { principal: 'everything' },
      );
      expect(next.rows).toEqual([[19_990]]);
      return performance.now() - began;
    });
  });

  test('keeps answers only as long as the project says, since a server does not say when its data changes', async () => {
    const origin = async () =>
      (await session.query({ metrics: ['number_count'], by: ['numbers.i'], limit: 1 }, { principal: 'everything' }))
        .origin;
    expect([await origin(), await origin()]).toEqual(['warehouse', 'kept']);
    await pause(500);
    expect(await origin()).toBe('warehouse');
  });
});
