/** PostgreSQL as the server behind a profile: what it may not do, how it is stopped, and what it says when something is wrong. */
import { createServer, type Server } from 'node:net';
import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Statement } from '../../compiler/index.ts';
import { openPostgres } from '../../runtime/engines/postgres/index.ts';
import { type Engine, EngineError } from '../../runtime/index.ts';
import { makeDatabase } from '../support/postgres.ts';
import { guarded } from '../support/postgres-server.ts';
import { metrics, projectFolder, rowsOf } from '../support/project.ts';

let admin: pg.Client;
let url: string;
/** The same database for somebody who may read and no more. */
let reader: string;

beforeAll(async () => {
  const database = await makeDatabase();
  admin = database.client;
  url = database.url;
  reader = url.replace('app@', 'reader@');
  await admin.query(`
    do $$ begin create role reader login; exception when duplicate_object or unique_violation then null; end $$;
    create table secrets (a int);
    create table t as select i as a from generate_series(1, 10) as g(i);
    grant select on t to reader;
  `);
});

const statement = (sql: string): Statement => ({
  kind: 'statement',
  dialect: 'postgres',
  sql,
  parameters: [],
  columns: [],
  reads: [],
});
const limits = { timeoutMs: 30_000, maxRows: 1000 };
const open = (at: string) => openPostgres({ profile: 'test', url: at });

/** The code that a query is refused with, or the number of rows that it gives. */
async function outcome(engine: Engine, sql: string, options = limits): Promise<string> {
  try {
    const { rows } = await engine.execute(statement(sql), options);
    return `${rows.length} rows`;
  } catch (error) {
    if (error instanceof EngineError) return error.diagnostic.code;
    throw error;
  }
}

/** What is said of an engine that answers nothing. */
async function refusal(at: string, options = limits): Promise<string> {
  const engine = open(at);
  try {
    await engine.execute(statement('select 1'), options);
    return 'answered';
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return `${error.diagnostic.code} ${error.message} ${error.diagnostic.help ?? ''}`;
  } finally {
    await engine.close();
  }
}

describe('what a query may not do', () => {
  test.each([
    'insert into t values (11)',
    'with gone as (delete from t returning a) select * from gone',
    "select set_config('transaction_read_only', 'off', true)",
    'select 1) as x; insert into t values (11); select * from (select 1',
    'select 1; select 2',
    'drop table t',
    'create table u as select 1',
    "copy (select 1) to program 'true'",
    'select * into u from t',
    'select * from t for update',
    'set transaction read write',
    'commit',
  ])('%s', async sql => {
    const engine = open(url);
    expect(await outcome(engine, sql)).toBe('M9008');
    expect(await outcome(engine, 'select * from t')).toBe('10 rows');
    await engine.close();
  });

  test('what the server lets a query do all the same is undone', async () => {
    const engine = open(url);
    await outcome(engine, 'select lo_create(4242)');
    const { rows } = await admin.query('select oid from pg_largeobject_metadata');
    expect(rows).toEqual([]);
    await engine.close();
  });

  test.each(['select * from secrets', "select pg_read_file('/etc/passwd')", 'select * from pg_authid'])(
    'a role that may only read: %s',
    async sql => {
      const engine = open(reader);
      expect(await outcome(engine, sql)).toBe('M9008');
      expect(await outcome(engine, 'select * from t')).toBe('10 rows');
      await engine.close();
    },
  );
});

/** What the server still works at, of our own. */
async function running(): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where application_name = 'sextant' and state = 'active'",
  );
  return rows[0]?.count ?? 0;
}

async function untilIdle(): Promise<void> {
  for (let waited = 0; waited < 5000 && (await running()) > 0; waited += 25) {
    await new Promise(resolve => setTimeout(resolve, 25));
  }
  expect(await running()).toBe(0);
}

describe('stopping', () => {
  test.each(['select pg_sleep(60)', 'select count(*) from generate_series(1, 1000000000::bigint)'])(
    'a deadline ends %s soon, and the next query works',
    async slow => {
      const engine = open(url);
      const began = performance.now();
      expect(await outcome(engine, slow, { ...limits, timeoutMs: 200 })).toBe('M9009');
      expect(performance.now() - began).toBeLessThan(2000);
      expect(await outcome(engine, 'select 1')).toBe('1 rows');
      await untilIdle();
      await engine.close();
    },
  );

  test('a signal ends it as well, before it begins too', async () => {
    const engine = open(url);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const began = performance.now();
    const stopped = engine.execute(statement('select pg_sleep(60)'), { ...limits, signal: controller.signal });
    await expect(stopped).rejects.toMatchObject({ diagnostic: { code: 'M9010' } });
    expect(performance.now() - began).toBeLessThan(2000);
    await expect(engine.execute(statement('select 1'), { ...limits, signal: controller.signal })).rejects.toMatchObject(
      {
        diagnostic: { code: 'M9010' },
      },
    );
    expect(await outcome(engine, 'select 1')).toBe('1 rows');
    await untilIdle();
    await engine.close();
  });

  test('somebody else may stop it', async () => {
    const engine = open(url);
    const slow = outcome(engine, 'select pg_sleep(60)');
    const cancel = async () => {
      const { rowCount } = await admin.query(
        "select pg_cancel_backend(pid) from pg_stat_activity where query like '%pg_sleep(60)%' and application_name = 'sextant'",
      );
      if (rowCount === 0) setTimeout(cancel, 50);
    };
    await cancel();
    expect(await slow).toBe('M9010');
    await engine.close();
  });

  test('queries wait their turn, and their deadlines count while they wait', async () => {
    const engine = open(url);
    const slow = Array.from({ length: 4 }, () => outcome(engine, 'select pg_sleep(1)'));
    const began = performance.now();
    expect(await outcome(engine, 'select 1', { ...limits, timeoutMs: 100 })).toBe('M9009');
    expect(performance.now() - began).toBeLessThan(900);
    const waiting = outcome(engine, 'select 1');
    expect(await Promise.all(slow)).toEqual(['1 rows', '1 rows', '1 rows', '1 rows']);
    expect(await waiting).toBe('1 rows');
    await engine.close();
  });

  test('at random instants: every query is answered or stopped, none hangs, none is half an answer', async () => {
    const engine = open(url);
    const sql = 'select count(*) as n from generate_series(1, 100000) as t(i) where i % 7 <> 3';
    const results = await Promise.all(
      Array.from({ length: 60 }, async (_, index) =>
        outcome(engine, sql, { ...limits, timeoutMs: 1 + ((index * 37) % 600) }),
      ),
    );
    expect(results.filter(result => result !== '1 rows' && result !== 'M9009')).toEqual([]);
    expect(await outcome(engine, 'select 1')).toBe('1 rows');
    await untilIdle();
    await engine.close();
  });
});

describe('faults', () => {
  test.each([1, 50_000, 199_999])('an error at row %i is an error, not a shorter answer', async row => {
    const engine = open(url);
    const sql = `select 1 / (i - ${row}) from generate_series(1, 200000) as t(i)`;
    expect(await outcome(engine, sql, { ...limits, maxRows: 1_000_000 })).toBe('M9008');
    await engine.close();
  });

  test.each([
    'select 9223372036854775807 + 1::bigint',
    "select 'infinity'::timestamp - now()::timestamp",
    'select 1e300::float8 * 1e300',
  ])('a number that the warehouse cannot hold is said: %s', async sql => {
    const engine = open(url);
    expect(await outcome(engine, sql)).toBe('M9012');
    await engine.close();
  });

  test('too much memory is said, and the next query works', async () => {
    await admin.query(
      "create role small login superuser; alter role small set temp_file_limit = '64kB'; alter role small set work_mem = '64kB'",
    );
    const engine = open(url.replace('app@', 'small@'));
    expect(await outcome(engine, 'select i from generate_series(1, 100000) as t(i) order by -i')).toBe('M9013');
    expect(await outcome(engine, 'select 1')).toBe('1 rows');
    await engine.close();
    await admin.query('drop role small');
  });

  test('rows beyond the cap are left out, and that is told', async () => {
    const engine = open(url);
    const answer = await engine.execute(statement('select * from generate_series(1, 2001)'), {
      ...limits,
      maxRows: 2000,
    });
    expect([answer.rows.length, answer.isTruncated]).toEqual([2000, true]);
    const whole = await engine.execute(statement('select * from generate_series(1, 2000)'), {
      ...limits,
      maxRows: 2000,
    });
    expect([whole.rows.length, whole.isTruncated]).toEqual([2000, false]);
    await engine.close();
  });

  test('a connection that is lost is said, and the next query opens another', async () => {
    const engine = open(url);
    const slow = outcome(engine, 'select pg_sleep(60)');
    const end = async () => {
      const { rowCount } = await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(60)%' and application_name = 'sextant'",
      );
      if (rowCount === 0) setTimeout(end, 50);
    };
    await end();
    expect(await slow).toBe('M9008');
    expect(await outcome(engine, 'select 1')).toBe('1 rows');
    await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sextant'");
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(await outcome(engine, 'select 1')).toBe('1 rows');
    await engine.close();
  });
});

describe('the way in', () => {
  const secret = 'hush-hush';
  const at = (change: Readonly<Record<string, string>>): string => {
    const address = new URL(url);
    for (const [part, value] of Object.entries(change)) Object.assign(address, { [part]: value });
    return address.href;
  };

  test.each([
    ['nothing listens there', () => at({ port: '1', password: secret }), 'nothing answers there'],
    ['a host that is not known', () => at({ hostname: 'nowhere.invalid', password: secret }), 'its host is not known'],
    ['a wrong password', () => at({ username: guarded.user, password: secret }), 'password authentication failed'],
    ['no password', () => at({ username: guarded.user }), 'it asks for a password'],
    ['nobody of that name', () => at({ username: 'nobody', password: secret }), '"nobody" does not exist'],
    ['no such database', () => at({ pathname: '/nothing', password: secret }), '"nothing" does not exist'],
  ])('%s', async (_, address, said) => {
    const told = await refusal(address());
    expect(told).toMatch(/^M9011 the warehouse `test` cannot be opened: /);
    expect(told).toContain(said);
    expect(told).not.toContain(secret);
  });

  test.each(['require', 'verify-full', 'no-verify'])('no encryption where sslmode=%s asks for it', async mode => {
    const told = await refusal(`${at({ password: secret })}?sslmode=${mode}`);
    expect(told).toMatch(/^M9011 .*does not support SSL/);
  });

  test('the right password', async () => {
    expect(await refusal(at({ username: guarded.user, password: encodeURIComponent(guarded.password) }))).toBe(
      'answered',
    );
  });

  test.each([
    null,
    '',
    'acme.duckdb',
    'http://localhost/x',
    `mysql://u:${secret}@localhost/x`,
    `postgres://u:${secret}@host:port/x`,
  ])('no address of PostgreSQL: %j', address => {
    try {
      openPostgres({ profile: 'test', url: address });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      expect(error.diagnostic.code).toBe('M9014');
      expect(JSON.stringify(error.diagnostic)).not.toContain(secret);
    }
  });

  test.each([
    ['never answers', () => {}, 'M9009'],
    ['hangs up', (end: () => void) => end(), 'M9008'],
  ])('a server that %s', async (_, act, code) => {
    const server: Server = createServer(socket => act(() => socket.destroy()));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address === null || typeof address === 'string' ? 0 : address.port;
    expect(await refusal(at({ port: String(port) }), { ...limits, timeoutMs: 300 })).toMatch(new RegExp(`^${code} `));
    server.close();
  });
});

const project = (tables: string, more = '') => `version: 1
name: acme
${more}
warehouse: { profiles: { prod: { engine: postgres, url: "\${env:TEST_WAREHOUSE_URL}" } } }
tables:
${tables}
metrics:
  things: { formula: count(things) }
  value: { formula: sum(things.value) }
`;

/** A project on the tests' database. */
function projectOn(yaml: string): string {
  process.env.TEST_WAREHOUSE_URL = url;
  return projectFolder({ 'metrics.yaml': yaml });
}

describe('the model against the warehouse', () => {
  const things = (columns: string, from = 'crm.things') =>
    project(`  things: { from: ${from}, key: id, columns: { ${columns} } }`);

  beforeAll(async () => {
    await admin.query(`
      create schema crm;
      create type crm.stage as enum ('won', 'lost', 'always');
      create domain crm.amount as numeric(9, 2);
      create collation crm.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      create table crm.things as select
        1 as id, 2.5::decimal(5, 1) as value, 'x'::varchar(5) as name, timestamp '2026-01-01' as made_at, 0.1::float8 as rough,
        0.25::real as rougher, 3::smallint as small, 7::numeric(20, 0) as wide, '1b4e28ba-2fa1-11d2-883f-0016d3cca427'::uuid as code,
        'won'::crm.stage as stage, 'ab'::char(5) as padded, 1.25::crm.amount as price, now() as moment, array[1] as list,
        date '2026-02-03' as day, true as flag, 'y'::name as short, '1 day'::interval as span, 'z'::text collate crm.loose as loose,
        5 as "Mixed Case", 6 as "select";
      create view crm.seen as select * from crm.things;
      create materialized view crm.kept as select id, value from crm.things;
      create table crm.parts (id int, value numeric) partition by range (id);
      create table crm.part_1 partition of crm.parts for values from (0) to (100);
      insert into crm.parts values (1, 4.5);
      create table loose_thing (id int, value numeric);
      create sequence crm.numbers;
    `);
  });

  test.each([
    [
      'a table that is not there, with the nearest one',
      things('id: integer, value: decimal', 'crm.thingz'),
      'M9001',
      'crm.things',
    ],
    ['a schema that is not there', things('id: integer, value: decimal', 'sales.things'), 'M9001', 'sales.things'],
    [
      'a table of the search path, without its schema',
      things('id: integer, value: decimal', 'loose_things'),
      'M9001',
      '`loose_thing`',
    ],
    ['another case', things('id: integer, value: decimal', 'crm.Things'), 'M9001', 'crm.things'],
    ['another database', things('id: integer, value: decimal', 'other.crm.things'), 'M9001', 'cross-database'],
    ['a sequence', things('id: integer, value: decimal', 'crm.numbers'), 'M9001', 'crm.numbers'],
    [
      'a column that is not there, with the nearest one',
      things('id: integer, value: { type: decimal, column: valeu }'),
      'M9002',
      'value',
    ],
    ['a column in another case', things('id: integer, value: { type: decimal, column: Value }'), 'M9002', 'value'],
    [
      'a number that is text',
      things('id: integer, value: { type: decimal, column: name }'),
      'M9003',
      'character varying(5)',
    ],
    [
      'a timestamp declared as a date',
      things('id: integer, value: { type: date, column: made_at }').replace('sum(', 'max('),
      'M9003',
      'timestamp without time zone',
    ],
    [
      'a fraction declared as a whole number',
      things('id: integer, value: { type: integer, column: price }'),
      'M9003',
      'numeric(9,2)',
    ],
    [
      'a list',
      things('id: integer, value: { type: string, column: list }').replace('sum(', 'max('),
      'M9003',
      'integer[]',
    ],
    ['an interval', things('id: integer, value: { type: integer, column: span }'), 'M9003', 'interval'],
    [
      'a text that is equal to others',
      things('id: integer, value: { type: string, column: loose }').replace('sum(', 'max('),
      'M9003',
      'takes different texts for equal',
    ],
  ])('%s', async (_, yaml, code, said) => {
    const { code: exit, err, out } = await metrics(projectOn(yaml), 'query', 'value');
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain(`[${code}]`);
    expect(err).toContain(said);
    expect(err).toContain('metrics.yaml:');
  });

  test.each([
    ['decimal', 'value', 'sum', '2.5'],
    ['decimal', 'price', 'sum', '1.25'],
    ['decimal', 'small', 'sum', '3'],
    ['integer', 'wide', 'sum', 7],
    ['integer', 'small', 'max', 3],
    ['float', 'rough', 'sum', 0.1],
    ['float', 'rougher', 'sum', 0.25],
    ['float', 'price', 'sum', 1.25],
    ['string', 'code', 'max', '1b4e28ba-2fa1-11d2-883f-0016d3cca427'],
    ['string', 'stage', 'min', 'won'],
    ['string', 'padded', 'first', 'ab'],
    ['string', 'short', 'last', 'y'],
    ['string', 'name', 'max', 'x'],
    ['date', 'day', 'max', '2026-02-03'],
    ['timestamp', 'made_at', 'min', '2026-01-01T00:00:00Z'],
    ['boolean', 'flag', 'all', true],
    ['integer', 'Mixed Case', 'sum', 5],
    ['integer', 'select', 'sum', 6],
  ])('a %s is kept in %s', async (type, column, aggregate, expected) => {
    const yaml = things(`id: integer, value: { type: ${type}, column: "${column}" }`).replace('sum(', `${aggregate}(`);
    expect(await rowsOf(projectOn(yaml), 'query', 'value')).toEqual([{ value: expected }]);
  });

  test.each(['crm.things', 'crm.seen', 'crm.kept'])('rows are read from %s', async from => {
    expect(await rowsOf(projectOn(things('id: integer, value: decimal', from)), 'query', 'value')).toEqual([
      { value: '2.5' },
    ]);
  });

  test('rows are read from a partitioned table, and from a SELECT', async () => {
    expect(await rowsOf(projectOn(things('id: integer, value: decimal', 'crm.parts')), 'query', 'value')).toEqual([
      { value: '4.5' },
    ]);
    const select = (sql: string) => things('id: integer, value: decimal').replace('from: crm.things', `sql: "${sql}"`);
    expect(await rowsOf(projectOn(select('select id, value * 2 as value from crm.things')), 'query', 'value')).toEqual([
      { value: '5' },
    ]);
    expect((await metrics(projectOn(select('select id, value from crm.nothing')), 'query', 'value')).err).toContain(
      'error[M9001]',
    );
    expect(
      (await metrics(projectOn(select('select id, name as value from crm.things')), 'query', 'value')).err,
    ).toContain('character varying');
  });

  test('columns of text that are kept otherwise are grouped, compared, ordered and joined as texts', async () => {
    await admin.query(`
      create table crm.owners as select v.code::uuid as code, v.name::char(8) as name, v.stage::crm.stage as stage
        from (values ('00000000-0000-0000-0000-00000000000a', 'Ann', 'won'), ('00000000-0000-0000-0000-00000000000b', 'Bob', 'always')) as v(code, name, stage);
      create table crm.deals as select i as id, ('00000000-0000-0000-0000-00000000000' || case when i % 3 = 0 then 'b' else 'a' end)::uuid as owner, i * 1.5 as value
        from generate_series(1, 6) as g(i);
    `);
    const yaml =
      project(`  owners: { from: crm.owners, key: code, entity: owner, columns: { code: string, name: string, stage: string } }
  things: { from: crm.deals, key: id, columns: { id: integer, owner_code: { type: string, column: owner }, value: decimal, known: { formula: "coalesce(owner.stage, 'none')" } }, joins: { owner: { to: owners, on: owner_code } } }`);
    const folder = projectOn(yaml);
    const cells = async (...words: readonly string[]) =>
      (await rowsOf(folder, 'query', 'value', ...words)).map(row => Object.values(row));
    const [ann, bob] = ['00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-00000000000b'];
    expect(await cells('--by', 'owner')).toEqual([
      [ann, '18'],
      [bob, '13.5'],
    ]);
    expect(await cells('--by', 'owner.stage')).toEqual([
      ['always', '13.5'],
      ['won', '18'],
    ]);
    expect(await cells('--by', 'owner.name', '--order', 'owner.name desc')).toEqual([
      ['Bob', '13.5'],
      ['Ann', '18'],
    ]);
    expect(await cells('--where', `owner = '${ann}'`)).toEqual([['18']]);
    expect(await cells('--where', `owner in ('${ann}', '${bob}')`)).toEqual([['31.5']]);
    expect(await cells('--where', "owner.stage = 'won'")).toEqual([['18']]);
    expect(await cells('--where', "owner.stage < 'b'")).toEqual([['13.5']]);
    expect(await cells('--where', "owner.name = 'Ann'")).toEqual([['18']]);
    expect(await cells('--where', "owner.name like 'A__'")).toEqual([['18']]);
    expect(await cells('--by', 'things.known', '--where', 'length(owner.name) = 3')).toEqual([
      ['always', '13.5'],
      ['won', '18'],
    ]);
    expect(await cells('--by', 'owner.stage', '--complete', 'owner.stage')).toEqual([
      ['always', '13.5'],
      ['won', '18'],
    ]);
  });

  test('a decimal that the warehouse keeps inexactly is answered with a warning', async () => {
    const yaml = things('id: integer, value: { type: decimal, column: rough }');
    const { code, err, out } = await metrics(projectOn(yaml), 'query', 'value', '--format', 'csv');
    expect([code, out]).toEqual([0, 'value\n0.1\n']);
    expect(err).toContain('warning[M9004]');
  });

  test('not-a-number in a decimal column is an error, and no value', async () => {
    await admin.query("create table odd as select 1 as id, 'NaN'::numeric as value");
    const { code, err } = await metrics(projectOn(things('id: integer, value: decimal', 'odd')), 'query', 'value');
    expect(code).not.toBe(0);
    expect(err).toContain('error[M9015]');
  });

  test('a table that may not be read is said', async () => {
    const folder = projectOn(things('id: integer, value: decimal', 'crm.things'));
    process.env.TEST_WAREHOUSE_URL = reader;
    const { code, err } = await metrics(folder, 'query', 'value');
    expect(code).not.toBe(0);
    expect(err).toContain('permission denied');
    expect(err).not.toContain('at ');
  });

  test('timestamps with a zone and without one mean the same instant', async () => {
    const yaml = `version: 1
name: acme
time_zone: America/New_York
warehouse: { profiles: { prod: { engine: postgres, url: "\${env:TEST_WAREHOUSE_URL}" } } }
tables:
  plain: { from: plain, key: id, time: at, columns: { id: integer, at: timestamp } }
  zoned: { from: zoned, key: id, time: at, columns: { id: integer, at: timestamp } }
metrics:
  plain_count: { formula: count(plain) }
  zoned_count: { formula: count(zoned) }
  plain_last: { formula: max(plain.at) }
  zoned_last: { formula: max(zoned.at) }
`;
    const instants =
      "(values (1, '2026-01-01 04:59:59'), (2, '2026-01-01 05:00:00'), (3, '2026-07-01 03:59:59'), (4, '2026-07-01 04:00:00')) v(id, moment)";
    await admin.query(`
      create table plain as select id, moment::timestamp as at from ${instants};
      set timezone = 'Asia/Tokyo';
      create table zoned as select id, timezone('UTC', moment::timestamp) as at from ${instants};
    `);
    const folder = projectOn(yaml);
    const asked = [
      [],
      ['--by', 'hour', '--period', '2026-07-01'],
      ['--by', 'day'],
      ['--by', 'month', '--period', '2026', '--sparse'],
      ['--by', 'day', '--period', '2026-06-30..2026-07-01'],
      ['--where', 'at >= 2026-07-01'],
    ];
    for (const words of asked) {
      for (const name of ['count', 'last']) {
        const plain = await rowsOf(folder, 'query', `plain_${name}`, ...words);
        const zoned = await rowsOf(folder, 'query', `zoned_${name}`, ...words);
        expect(plain.map(row => Object.values(row))).toEqual(zoned.map(row => Object.values(row)));
      }
    }
    const days = await rowsOf(folder, 'query', 'zoned_count', '--by', 'day');
    expect(days.map(row => row.day)).toEqual(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01']);
  });

  test('what a role or a database sets changes no answer', async () => {
    await admin.query(`
      create role odd login superuser;
      alter role odd set timezone = 'Asia/Tokyo';
      alter role odd set datestyle = 'German, DMY';
      alter role odd set extra_float_digits = -10;
      alter role odd set standard_conforming_strings = off;
      alter role odd set transform_null_equals = on;
      alter role odd set intervalstyle = 'iso_8601';
      alter role odd set default_transaction_read_only = off;
      create table crm.settings as select 1 as id, timestamptz '2026-03-04 23:30:00+00' as at, date '2026-12-01' as day, 0.1::float8 + 0.2 as value, 'a\\b' as name;
    `);
    const yaml = project(
      '  things: { from: crm.settings, key: id, time: at, columns: { id: integer, at: timestamp, day: date, value: float, name: string, slashed: { formula: "name = \'a\\\\b\'" } } }',
    ).replace('metrics:', 'metrics:\n  last_at: { formula: max(things.at) }\n  last_day: { formula: max(things.day) }');
    const folder = projectOn(yaml);
    process.env.TEST_WAREHOUSE_URL = url.replace('app@', 'odd@');
    expect(await rowsOf(folder, 'query', 'value', 'last_at', 'last_day', '--by', 'day,things.slashed')).toEqual([
      {
        day: '2026-03-04',
        'things.slashed': true,
        value: 0.30000000000000004,
        last_at: '2026-03-04T23:30:00Z',
        last_day: '2026-12-01',
      },
    ]);
    await admin.query('drop role odd');
  });
});

describe('names', () => {
  test('a table that is called as a relation of our own would be is read all the same', async () => {
    await admin.query(
      "create table things_facts as select i as id, i as value, 'k' || i % 2 as kind, date '2026-01-31' + i as day from generate_series(0, 2) as t(i)",
    );
    const folder = projectOn(
      project(
        '  things: { from: things_facts, key: id, time: day, columns: { id: integer, value: integer, kind: string, day: date } }',
      ),
    );
    const rows = await rowsOf(
      folder,
      'query',
      'value',
      '--by',
      'kind,month',
      '--period',
      '2026-01..2026-02',
      '--as-of',
      '2026-03-01',
    );
    expect(rows.map(row => Object.values(row))).toEqual([
      ['k0', '2026-01-01', 0],
      ['k0', '2026-02-01', 2],
      ['k1', '2026-01-01', 0],
      ['k1', '2026-02-01', 1],
    ]);
  });

  test('words of the language, capitals and spaces, and names that the server would cut to one', async () => {
    await admin.query(
      'create table "Order Lines" ("user" int, "Grant" int, "end" numeric, "Day" date); insert into "Order Lines" values (1, 2, 3.5, \'2026-01-02\'), (2, 2, 1, null)',
    );
    const long = 'revenue_of_all_the_orders_that_were_ever_made_by_anybody_anywhere_';
    const yaml = `version: 1
name: acme
warehouse: { profiles: { prod: { engine: postgres, url: "\${env:TEST_WAREHOUSE_URL}" } } }
tables:
  order: { from: '"Order Lines"', key: user, time: day, columns: { user: integer, group: { type: integer, column: Grant }, select: { type: decimal, column: end }, day: { type: date, column: Day } } }
metrics:
  ${long}first: { formula: sum(order.select) }
  ${long}second: { formula: count(order) }
  ${long}third: { formula: ${long}first / ${long}second }
`;
    const [row] = await rowsOf(
      projectOn(yaml),
      'query',
      `${long}first`,
      `${long}second`,
      `${long}third`,
      '--by',
      'order.group',
    );
    expect(Object.values(row ?? {})).toEqual([2, '4.5', 2, 2.25]);
    const ordered = await rowsOf(
      projectOn(yaml),
      'query',
      `${long}first`,
      `${long}second`,
      '--by',
      'order.user',
      '--order',
      `${long}first`,
    );
    expect(ordered.map(each => each['order.user'])).toEqual([2, 1]);
  });
});

test('whole numbers beyond all that the server counts with are compared all the same', async () => {
  const things = '  things: { from: t, key: a, columns: { a: integer, value: { formula: a } } }';
  const folder = projectOn(project(things));
  const count = (condition: string) => rowsOf(folder, 'query', 'things', '--where', condition);
  expect(await count('a < 99999999999999999999')).toEqual([{ things: 10 }]);
  expect(await count('a > -99999999999999999999')).toEqual([{ things: 10 }]);
  expect(await count('a = 99999999999999999999')).toEqual([{ things: 0 }]);
  expect(await count('a < 9.5')).toEqual([{ things: 9 }]);
});

describe('the command line', () => {
  const files = `version: 1
name: acme
warehouse: { default: local, profiles: { local: { engine: duckdb }, prod: { engine: postgres, url: "\${env:TEST_WAREHOUSE_URL}" }, bare: { engine: postgres } } }
tables:
  things: { from: things.csv, key: id, columns: { id: integer } }
  rows: { from: t, key: a, columns: { a: integer } }
metrics:
  things: { formula: count(things) }
  rows: { formula: sum(rows.a) }
`;

  test('a profile by its name; files are refused where they are declared', async () => {
    const folder = projectOn(files);
    expect(await rowsOf(folder, 'query', 'rows', '--profile', 'prod')).toEqual([{ rows: 55 }]);
    expect(await rowsOf(folder, 'rows', 'rows', '--profile', 'prod', '--limit', '2')).toHaveLength(2);
    for (const words of [
      ['query', 'things', '--profile', 'prod'],
      ['compile', 'things', '--dialect', 'postgres'],
      ['rows', 'things', '--profile', 'prod'],
    ]) {
      const { code, out, err } = await metrics(folder, ...words);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('error[M9016]');
      expect(err).toContain('metrics.yaml:5:');
    }
    const { code, out } = await metrics(folder, 'compile', 'rows', '--dialect', 'postgres', '--where', 'rows.a = 10.5');
    expect([code, out]).toEqual([
      0,
      'select coalesce(sum(a), 0) as rows\nfrom t as rows\nwhere a = $1::numeric\n-- $1 = 10.5\n',
    ]);
  });

  test('a profile without an address, and a variable that is not there', async () => {
    const folder = projectOn(files);
    expect(await metrics(folder, 'query', 'rows', '--profile', 'bare')).toMatchObject({ code: 2, out: '' });
    delete process.env.TEST_WAREHOUSE_URL;
    const { code, err } = await metrics(folder, 'query', 'rows', '--profile', 'prod');
    expect(code).toBe(2);
    expect(err).toContain('TEST_WAREHOUSE_URL');
  });
});
