/** DuckDB as the embedded engine: what it may not do, how it is stopped, and what it says when something is wrong. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import type { Statement } from '../../compiler/index.ts';
import { openDuckDB } from '../../runtime/engines/duckdb/index.ts';
import { type Engine, EngineError } from '../../runtime/index.ts';
import { metrics, projectFolder, rowsOf } from '../support/project.ts';

const statement = (sql: string): Statement => ({
  kind: 'statement',
  dialect: 'duckdb',
  sql,
  parameters: [],
  columns: [],
  reads: [],
});
const limits = { timeoutMs: 30_000, maxRows: 1000 };

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

async function warehouse(folder: string, ...statements: readonly string[]): Promise<string> {
  const file = path.join(folder, 'acme.duckdb');
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
  return file;
}

const memory = (folder: string, more = {}) => openDuckDB({ profile: 'test', file: null, folder, ...more });

describe('what a query may not do', () => {
  test('touch files, write, attach, install or change settings', async () => {
    const folder = projectFolder({ 'data/inside.csv': 'a\n1\n', 'secret.csv': 'a\n2\n' });
    const file = await warehouse(folder, 'create table t as select 1 as a');
    const engine = await openDuckDB({ profile: 'test', file, folder: path.join(folder, 'data') });
    const refused = [
      `select * from read_csv('${folder}/secret.csv')`,
      `select * from read_text('/etc/passwd')`,
      `select * from read_csv('${folder}/data/../secret.csv')`,
      `copy (select 1) to '${folder}/out.csv'`,
      `attach '${folder}/other.duckdb' as other`,
      'install httpfs',
      'load httpfs',
      'set enable_external_access = true',
      "set allowed_directories = ['/']",
      "set memory_limit = '1GB'",
      "set timezone = 'Europe/Madrid'",
      'insert into t values (2)',
      'drop table t',
      'create table acme.main.u as select 1',
      `select * from 'https://example.com/x.csv'`,
    ];
    const outcomes = await Promise.all(refused.map(async sql => [sql, await outcome(engine, sql)] as const));
    expect(outcomes.filter(([, result]) => !/^M9/.test(result))).toEqual([]);
    expect(await outcome(engine, `select * from read_csv('${folder}/data/inside.csv')`)).toBe('1 rows');
    expect(existsSync(path.join(folder, 'out.csv'))).toBe(false);
    await engine.close();
  });

  test('read the warehouse file while it is open for writing elsewhere, or when it is not there', async () => {
    const folder = projectFolder({});
    await expect(openDuckDB({ profile: 'p', file: path.join(folder, 'none.duckdb'), folder })).rejects.toMatchObject({
      diagnostic: { code: 'M9011' },
    });
    writeFileSync(path.join(folder, 'not.duckdb'), 'this is no database, however long it may be '.repeat(200));
    await expect(openDuckDB({ profile: 'p', file: path.join(folder, 'not.duckdb'), folder })).rejects.toMatchObject({
      diagnostic: { code: 'M9011' },
    });
  });
});

describe('stopping', () => {
  const slow = 'select count(*) from range(100000000) a, range(1000) b where a.range + b.range < 0';

  test('a deadline ends a query soon, and the next one works', async () => {
    const engine = await memory(projectFolder({}));
    const began = performance.now();
    expect(await outcome(engine, slow, { ...limits, timeoutMs: 100 })).toBe('M9009');
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await outcome(engine, 'select 1')).toBe('1 rows');
    await engine.close();
  });

  test('a signal ends it as well, before it begins too', async () => {
    const engine = await memory(projectFolder({}));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const stopped = engine.execute(statement(slow), { ...limits, signal: controller.signal });
    await expect(stopped).rejects.toMatchObject({ diagnostic: { code: 'M9010' } });
    await expect(engine.execute(statement('select 1'), { ...limits, signal: controller.signal })).rejects.toMatchObject(
      { diagnostic: { code: 'M9010' } },
    );
    expect(await outcome(engine, 'select 1')).toBe('1 rows');
    await engine.close();
  });

  test('at random instants: every query is answered or stopped, none hangs, none is half an answer', async () => {
    const engine = await memory(projectFolder({}));
    const sql = 'select count(*) as n from range(3000000) t(i) where i % 7 <> 3';
    const results = await Promise.all(
      Array.from({ length: 60 }, async (_, index) =>
        outcome(engine, sql, { ...limits, timeoutMs: 1 + ((index * 7) % 60) }),
      ),
    );
    expect(results.filter(result => result !== '1 rows' && result !== 'M9009')).toEqual([]);
    expect(await outcome(engine, 'select 1')).toBe('1 rows');
    await engine.close();
  });
});

describe('faults', () => {
  test.each([1, 2047, 2048, 2049, 100_000, 199_999])(
    'an error at row %i is an error, not a shorter answer',
    async row => {
      const engine = await memory(projectFolder({}));
      const sql = `select case when i = ${row} then error('row ${row}') else i::varchar end from range(200000) t(i)`;
      expect(await outcome(engine, sql, { ...limits, maxRows: 1_000_000 })).toBe('M9008');
      await engine.close();
    },
  );

  test('too much memory is said, and the next query works', async () => {
    const engine = await memory(projectFolder({}), { memory: '40MB' });
    const sql = 'select list(i) from range(50000000) t(i)';
    expect(await outcome(engine, sql)).toBe('M9013');
    expect(await outcome(engine, 'select 1')).toBe('1 rows');
    await engine.close();
  });

  test('a number that the warehouse cannot hold is said', async () => {
    const engine = await memory(projectFolder({}));
    expect(
      await outcome(
        engine,
        'select sum(x) from (values (99999999999999999999999999999999999999::decimal(38, 0)), (99999999999999999999999999999999999999)) v(x)',
      ),
    ).toBe('M9012');
    await engine.close();
  });

  test('rows beyond the cap are left out, and that is told', async () => {
    const engine = await memory(projectFolder({}));
    const answer = await engine.execute(statement('select * from range(2001)'), { ...limits, maxRows: 2000 });
    expect([answer.rows.length, answer.isTruncated]).toEqual([2000, true]);
    await engine.close();
  });
});

const project = (tables: string) => `version: 1
name: acme
warehouse: { profiles: { local: { engine: duckdb, path: acme.duckdb } } }
tables:
${tables}
metrics:
  things: { formula: count(things) }
  value: { formula: sum(things.value) }
`;

describe('the model against the warehouse', () => {
  const things = (columns: string, from = 'crm.things') =>
    project(`  things: { from: ${from}, key: id, columns: { ${columns} } }`);

  test.each([
    [
      'a table that is not there, with the nearest one',
      things('id: integer, value: decimal', 'crm.thingz'),
      'M9001',
      'crm.things',
    ],
    [
      'a column that is not there, with the nearest one',
      things('id: integer, value: { type: decimal, column: valeu }'),
      'M9002',
      'value',
    ],
    ['a column of another type', things('id: integer, value: { type: decimal, column: name }'), 'M9003', 'VARCHAR'],
    [
      'a timestamp declared as a date',
      things('id: integer, value: { type: date, column: made_at }').replace('sum(things.value)', 'max(things.value)'),
      'M9003',
      'TIMESTAMP',
    ],
  ])('%s', async (_, yaml, code, said) => {
    const folder = projectFolder({ 'metrics.yaml': yaml });
    await warehouse(
      folder,
      'create schema crm',
      "create table crm.things as select 1 as id, 2.5::decimal(5,1) as value, 'x' as name, timestamp '2026-01-01' as made_at",
    );
    const { code: exit, err, out } = await metrics(folder, 'query', 'value');
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain(`[${code}]`);
    expect(err).toContain(said);
    expect(err).toContain('metrics.yaml:');
  });

  test('a column that no question reads may be missing', async () => {
    const folder = projectFolder({ 'metrics.yaml': things('id: integer, value: decimal, gone: string') });
    await warehouse(folder, 'create schema crm', 'create table crm.things as select 1 as id, 2.5 as value');
    expect(await rowsOf(folder, 'query', 'value')).toEqual([{ value: '2.5' }]);
  });

  test('a decimal that the warehouse keeps inexactly is answered with a warning', async () => {
    const folder = projectFolder({ 'metrics.yaml': things('id: integer, value: decimal') });
    await warehouse(folder, 'create schema crm', 'create table crm.things as select 1 as id, 0.1::double as value');
    const { code, err, out } = await metrics(folder, 'query', 'value', '--format', 'csv');
    expect([code, out]).toEqual([0, 'value\n0.1\n']);
    expect(err).toContain('warning[M9004]');
  });

  test('timestamps with a zone and without one mean the same instant', async () => {
    const yaml = `version: 1
name: acme
time_zone: America/New_York
warehouse: { profiles: { local: { engine: duckdb, path: acme.duckdb } } }
tables:
  plain: { from: plain, key: id, time: at, columns: { id: integer, at: timestamp } }
  zoned: { from: zoned, key: id, time: at, columns: { id: integer, at: timestamp } }
metrics:
  plain_count: { formula: count(plain) }
  zoned_count: { formula: count(zoned) }
`;
    const folder = projectFolder({ 'metrics.yaml': yaml });
    const instants =
      "(values (1, '2026-01-01 04:59:59'), (2, '2026-01-01 05:00:00'), (3, '2026-07-01 03:59:59'), (4, '2026-07-01 04:00:00')) v(id, moment)";
    await warehouse(
      folder,
      `create table plain as select id, moment::timestamp as at from ${instants}`,
      "set timezone = 'Asia/Tokyo'",
      `create table zoned as select id, timezone('UTC', moment::timestamp) as at from ${instants}`,
    );
    const asked = [
      ['--by', 'day'],
      ['--by', 'month', '--period', '2026', '--sparse'],
      ['--by', 'day', '--period', '2026-06-30..2026-07-01'],
      ['--where', 'at >= 2026-07-01'],
    ];
    for (const words of asked) {
      const plain = await rowsOf(folder, 'query', 'plain_count', ...words);
      const zoned = await rowsOf(folder, 'query', 'zoned_count', ...words);
      expect(plain.map(row => Object.values(row))).toEqual(zoned.map(row => Object.values(row)));
    }
    const days = await rowsOf(folder, 'query', 'plain_count', '--by', 'day');
    expect(days.map(row => row.day)).toEqual(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01']);
  });

  test('a table that is called as a relation of our own would be is read all the same', async () => {
    const yaml = project(
      '  things: { from: things_facts, key: id, time: day, columns: { id: integer, value: integer, kind: string, day: date } }',
    );
    const folder = projectFolder({ 'metrics.yaml': yaml });
    await warehouse(
      folder,
      "create table things_facts as select i as id, i as value, 'k' || i % 2 as kind, date '2026-01-31' + i::int as day from range(3) t(i)",
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
});

describe('files', () => {
  const files = (columns: string, options = '') => `version: 1
name: acme
tables:
  things: { from: things.csv, ${options} key: id, columns: { ${columns} } }
metrics:
  things: { formula: count(things) }
  value: { formula: sum(things.value) }
  first_day: { formula: min(things.day) }
  last_time: { formula: max(things.at) }
  flags: { formula: count(things where flag) }
`;
  const columns = 'id: integer, name: string, value: decimal, day: date, at: timestamp, flag: boolean';
  const all = 'things value first_day last_time flags'.split(' ');

  test.each([
    ['plain', 'id,name,value,day,at,flag\n1,x,1.50,2026-01-02,2026-01-02 03:04:05,true\n'],
    [
      'a byte-order mark and Windows line ends',
      '\ufeffid,name,value,day,at,flag\r\n1,x,1.50,2026-01-02,2026-01-02T03:04:05Z,yes\r\n',
    ],
    [
      'quotes, separators and line breaks inside fields',
      'id,name,value,day,at,flag\n1,"a ""b"", c\nd","1.50","2026-01-02","2026-01-02 03:04:05","1"\n',
    ],
    ['semicolons', 'id;name;value;day;at;flag\n1;a,b;1.50;2026-01-02;2026-01-02 03:04:05;T\n'],
    ['tabs', 'id\tname\tvalue\tday\tat\tflag\n1\tx\t1.50\t2026-01-02\t2026-01-02 03:04:05\tTRUE\n'],
    [
      'm/d/yyyy dates, midnight times and an offset',
      'id,name,value,day,at,flag\n1,x,1.50,1/2/2026,2026-01-02 04:04:05+01:00,y\n',
    ],
    [
      'a midnight time on a date',
      'id,name,value,day,at,flag\n1,x,1.50,2026-01-02 00:00:00.000,1/2/2026 3:04:05,true\n',
    ],
    [
      'columns in another order, others beside them, spaces around values',
      'extra,flag,at,day,value,name,id\n?,true,2026-01-02 03:04:05, 2026-01-02 ,  1.50,x, 1 \n',
    ],
    ['a header in capitals', 'ID,Name,VALUE,Day,At,Flag\n1,x,1.50,2026-01-02,2026-01-02 03:04:05,true\n'],
  ])('%s', async (_, csv) => {
    const folder = projectFolder({ 'metrics.yaml': files(columns), 'things.csv': csv });
    const [row] = await rowsOf(folder, 'query', ...all);
    expect(row).toEqual({
      things: 1,
      value: '1.5',
      first_day: '2026-01-02',
      last_time: '2026-01-02T03:04:05Z',
      flags: 1,
    });
  });

  test('nothing, empty text and NULL are null, and so is what `nulls` names', async () => {
    const csv =
      'id,name,value,day,at,flag\n1,,,,,\n2,"","","","",""\n3,NULL,NULL,NULL,NULL,NULL\n4,n/a,n/a,n/a,n/a,n/a\n';
    const folder = projectFolder({ 'metrics.yaml': files(columns, 'csv: { nulls: [n/a] },'), 'things.csv': csv });
    expect(await rowsOf(folder, 'query', ...all)).toEqual([
      { things: 4, value: '0', first_day: null, last_time: null, flags: 0 },
    ]);
    expect(await rowsOf(folder, 'query', 'things', '--where', 'name is null')).toEqual([{ things: 4 }]);
  });

  test('decimals keep every digit that the file has', async () => {
    const csv = 'id,value\n1,0.1\n2,0.2\n3,123456789012345678.123456789\n4,-.5\n5,+7.\n';
    const folder = projectFolder({
      'metrics.yaml': files(
        'id: integer, value: decimal, day: { formula: 2026-01-01 }, at: { formula: 2026-01-01T00:00 }, flag: { formula: value > 0 }',
      ),
      'things.csv': csv,
    });
    expect(await rowsOf(folder, 'query', 'value')).toEqual([{ value: '123456789012345684.923456789' }]);
  });

  test.each([
    ['a number', 'id,value\n1,1\n2,12a\n', 'M9005', 'line 3, column `value`: `12a`'],
    ['a whole number with a fraction', 'id,value\n1.5,1\n', 'M9005', 'line 2, column `id`: `1.5`'],
    ['a line after one with a break inside quotes', 'id,value\n"1\n",1\n3,x\n', 'M9005', 'line 4, column `value`'],
    ['a field too many', 'id,value\n1,1\n2,1,000\n', 'M9007', 'line 3: 3 fields'],
    ['a field too few', 'id,value\n1,1\n2\n', 'M9007', 'line 3: 1 field,'],
    ['no such column', 'id,valu\n1,1\n', 'M9002', '`value`'],
    ['a column twice', 'id,value,id\n1,1,1\n', 'M9006', 'twice'],
    ['an empty file', '', 'M9006', 'empty'],
  ])('refused: %s', async (_, csv, code, said) => {
    const folder = projectFolder({
      'metrics.yaml': files(
        'id: integer, value: decimal, day: { formula: 2026-01-01 }, at: { formula: 2026-01-01T00:00 }, flag: { formula: value > 0 }',
      ),
      'things.csv': csv,
    });
    const { code: exit, err, out } = await metrics(folder, 'query', 'value');
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain(`error[${code}]`);
    expect(err).toContain(said);
    expect(err).toContain('metrics.yaml:');
  });

  test('extra fields are dropped where the author says so', async () => {
    const yaml = files(
      'id: integer, value: decimal, day: { formula: 2026-01-01 }, at: { formula: 2026-01-01T00:00 }, flag: { formula: value > 0 }',
      'csv: { extra_fields: drop },',
    );
    const folder = projectFolder({ 'metrics.yaml': yaml, 'things.csv': 'id,value,note\n1,1,a\n2,2,b, c\n' });
    expect(await rowsOf(folder, 'query', 'value')).toEqual([{ value: '3' }]);
  });

  test("a date in the author's own format", async () => {
    const yaml = files(columns, 'csv: { date_format: "%d.%m.%Y" },').replace(
      'at: timestamp',
      'at: { formula: 2026-01-01T00:00 }',
    );
    const folder = projectFolder({
      'metrics.yaml': yaml,
      'things.csv': 'id,name,value,day,flag\n1,x,1,02.01.2026,true\n',
    });
    expect(await rowsOf(folder, 'query', 'first_day')).toEqual([{ first_day: '2026-01-02' }]);
  });

  test('files outside the folder are not read, by whatever way', async () => {
    const outside = projectFolder({ 'secret.csv': 'id,value\n1,1\n' });
    const folder = projectFolder({
      'metrics.yaml': files(
        'id: integer, value: decimal, day: { formula: 2026-01-01 }, at: { formula: 2026-01-01T00:00 }, flag: { formula: value > 0 }',
      ),
    });
    symlinkSync(path.join(outside, 'secret.csv'), path.join(folder, 'things.csv'));
    expect((await metrics(folder, 'query', 'value')).err).toContain('error[M7001]');
    for (const name of [
      '../x.csv',
      '/etc/passwd.csv',
      'a/../../x.csv',
      'file:///etc/x.csv',
      'https://example.com/x.csv',
    ]) {
      const other = projectFolder({
        'metrics.yaml': readFileSync(path.join(folder, 'metrics.yaml'), 'utf8').replace('things.csv', `"${name}"`),
      });
      expect((await metrics(other, 'validate')).err, name).toContain('error[M7001]');
    }
  });

  test('parquet and JSON are read as they are, with the same checks', async () => {
    const folder = projectFolder({
      'metrics.yaml': files('id: integer, value: decimal, day: date')
        .replace('things.csv', 'things.parquet')
        .replace(/ {2}last_time[\s\S]*$/, ''),
      'things.json': '[{"id": 1, "value": 1.5, "day": "2026-01-02"}, {"id": 2, "value": null}]',
    });
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `copy (select 1 as id, 1.5::decimal(9,2) as value, date '2026-01-02' as day) to '${folder}/things.parquet' (format parquet)`,
    );
    expect(await rowsOf(folder, 'query', 'value', 'first_day')).toEqual([{ value: '1.5', first_day: '2026-01-02' }]);
    const yaml = readFileSync(path.join(folder, 'metrics.yaml'), 'utf8').replace('things.parquet', 'things.json');
    writeFileSync(path.join(folder, 'metrics.yaml'), yaml);
    expect(await rowsOf(folder, 'query', 'value', 'first_day', 'things')).toEqual([
      { value: '1.5', first_day: '2026-01-02', things: 2 },
    ]);
  });

  test('two tables may read one file, each in its own way', async () => {
    mkdirSync(projectFolder({}), { recursive: true });
    const folder = projectFolder({
      'metrics.yaml': `version: 1
name: acme
tables:
  texts: { from: data/t.csv, key: id, columns: { id: string } }
  numbers: { from: data/t.csv, key: id, columns: { id: integer } }
metrics:
  longest: { formula: max(length(texts.id)) }
  sum: { formula: sum(numbers.id) }
`,
      'data/t.csv': 'id\n007\n010\n',
    });
    expect(await rowsOf(folder, 'query', 'longest', 'sum')).toEqual([{ longest: 3, sum: 17 }]);
  });
});
