/** `--format parquet`: what was answered, read back with DuckDB: types, values and what is said of them, whatever engine answered. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExpressionType } from '../../compiler/index.ts';
import { parquetFile } from '../../runtime/engines/duckdb/parquet.ts';
import { runProgram } from '../../runtime/faces/cli/program.ts';
import { EngineError } from '../../runtime/index.ts';
import { database } from '../support/postgres.ts';
import { metricsBytes as metrics, projectFolder } from '../support/project.ts';

const things = `select * from (values
  (1, 'North', true, 9223372036854775807, 12345678901234567890.123, 0.1, date '2026-02-28', timestamp '2026-03-05 14:30:00.123456'),
  (2, 'a "b", ñ', false, -9223372036854775807, -0.05, -2.5, date '0001-01-01', timestamp '1969-12-31 23:59:59.999999'),
  (3, null, null, null, null, null, null, null)
) as raw (id, region, is_new, long, amount, ratio, closed_on, seen_at)`;

const project = {
  'metrics.yaml': `version: 1
name: acme
currency: EUR
warehouse:
  default: duckdb
  profiles:
    duckdb: { engine: duckdb }
    postgres: { engine: postgres, url: "\${env:PARQUET_TEST_URL}" }
tables:
  things:
    sql: >-
      ${things
        .split('\n')
        .map(line => line.trim())
        .join(' ')}
    key: id
    columns:
      id: integer
      region: string
      is_new: boolean
      long: integer
      amount: { type: decimal, unit: currency }
      ratio: float
      closed_on: date
      seen_at: timestamp
metrics:
  total: { formula: sum(things.amount) }
  doubled: { formula: sum(things.long) + sum(things.long) }
`,
};

/** The file read by DuckDB: the types of its columns, and every value as text. */
async function readBack(bytes: Uint8Array) {
  const file = path.join(projectFolder({}), 'read.parquet');
  writeFileSync(file, bytes);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  const all = async (sql: string) => (await connection.run(sql)).getRowsJson();
  const columns = (await all(`describe select * from '${file}'`)).map(([name, type]) => `${name} ${type}`);
  const rows = await all(`select columns(*)::varchar from '${file}'`);
  const schema = await all(`select name, logical_type from parquet_schema('${file}')`);
  const facts = await all(`select decode(key), decode(value) from parquet_kv_metadata('${file}')`);
  connection.closeSync();
  instance.closeSync();
  return {
    columns,
    rows,
    schema: new Map(schema.map(([name, type]) => [name, String(type)])),
    facts: new Map(facts.map(([key, value]) => [key, String(value)])),
  };
}

beforeAll(async () => {
  process.env.PARQUET_TEST_URL = (await database()).url;
});

const limits = { timeoutMs: 60_000 };

describe.each(['duckdb', 'postgres'])('answered by %s', profile => {
  const asked = (...words: readonly string[]) => [
    ...words,
    '--profile',
    profile,
    '--as-of',
    '2026-03-31',
    '--format',
    'parquet',
  ];

  test('every type is its own, and no digit is lost', async () => {
    const folder = projectFolder(project);
    const by = 'id,region,is_new,long,ratio,closed_on,seen_at';
    const { code, out, err, bytes } = await metrics(folder, ...asked('query', 'total', '--by', by, '--order', 'id'));
    expect([code, out, err]).toEqual([0, '', '']);
    const { columns, rows, schema } = await readBack(bytes);
    expect(columns).toEqual([
      'id BIGINT',
      'region VARCHAR',
      'is_new BOOLEAN',
      'long BIGINT',
      'ratio DOUBLE',
      'closed_on DATE',
      'seen_at TIMESTAMP WITH TIME ZONE',
      'total DECIMAL(38,3)',
    ]);
    expect(rows).toEqual([
      [
        '1',
        'North',
        'true',
        '9223372036854775807',
        '0.1',
        '2026-02-28',
        '2026-03-05 14:30:00.123456+00',
        '12345678901234567890.123',
      ],
      [
        '2',
        'a "b", ñ',
        'false',
        '-9223372036854775807',
        '-2.5',
        '0001-01-01',
        '1969-12-31 23:59:59.999999+00',
        '-0.050',
      ],
      ['3', null, null, null, null, null, null, '0.000'],
    ]);
    expect(schema.get('seen_at')).toMatch(/^TimestampType\(isAdjustedToUTC=1, .*MICROS=MicroSeconds/);
  });

  test('the file says what it is, and is the same file the next time', async () => {
    const folder = projectFolder(project);
    const words = asked('query', 'total', '--by', 'region');
    const { bytes } = await metrics(folder, ...words);
    const json: { columns: unknown; meta: Record<string, unknown> } = JSON.parse(
      (await metrics(folder, ...words.slice(0, -1), 'json')).out,
    );
    const { sql_ms: _, ...meta } = json.meta;
    const { facts } = await readBack(bytes);
    expect(JSON.parse(facts.get('sextant') ?? '')).toEqual({ columns: json.columns, meta });
    expect(meta).toMatchObject({ as_of: '2026-03-31', truncated: false });
    expect(json.columns).toMatchObject([{ name: 'region' }, { name: 'total', unit: 'EUR' }]);
    expect(Buffer.compare((await metrics(folder, ...words)).bytes, bytes)).toBe(0);
  });

  test('a whole number beyond 64 bits is no float', async () => {
    const { bytes } = await metrics(projectFolder(project), ...asked('query', 'doubled', '--where', 'id = 1'));
    expect(await readBack(bytes)).toMatchObject({
      columns: ['doubled DECIMAL(38,0)'],
      rows: [['18446744073709551614']],
    });
  });

  test('no rows are a file with columns; the rows behind a number are a file too', async () => {
    const folder = projectFolder(project);
    const none = await metrics(
      folder,
      ...asked('query', 'total', '--by', 'closed_on', '--where', "region = 'nowhere'"),
    );
    expect(await readBack(none.bytes)).toMatchObject({ columns: ['closed_on DATE', 'total DECIMAL(18,0)'], rows: [] });
    const behind = await metrics(folder, ...asked('rows', 'total', '--where', 'id = 2'));
    const { columns, rows } = await readBack(behind.bytes);
    expect(rows[0]?.[columns.indexOf('amount DECIMAL(18,2)')]).toBe('-0.05');
  });
});

describe('where it goes', () => {
  const words = ['query', 'total', '--format', 'parquet'];

  test('a terminal is refused before anything is asked', async () => {
    let err = '';
    const code = await runProgram(words, {
      cwd: projectFolder(project),
      out: () => {},
      outBytes: () => {},
      err: text => {
        err += text;
      },
      environment: {},
      isOutTTY: true,
      isErrTTY: false,
      signal: new AbortController().signal,
    });
    expect([code, err]).toEqual([
      2,
      'error: a Parquet file is nothing for a terminal to show\n  = help: write it into a file: `> answer.parquet`, or `--out answer.parquet`\n',
    ]);
  });

  test.each(['table', 'json', 'csv', 'parquet'])('%s into a file, in the place of what was there', async format => {
    const folder = projectFolder({ ...project, answer: 'earlier' });
    const at = (...more: readonly string[]) =>
      metrics(folder, 'query', 'doubled', '--where', 'id = 1', '--format', format, ...more);
    const { out, bytes } = await at();
    const { code, out: said, err, bytes: none } = await at('--out', 'answer');
    expect([code, said, none.length, err]).toEqual([0, '', 0, '']);
    const found = readFileSync(path.join(folder, 'answer'));
    const shown = (text: string) => text.replace(/"sql_ms": .*/, '');
    if (format === 'parquet') expect(Buffer.compare(found, bytes)).toBe(0);
    else expect(shown(found.toString())).toBe(shown(out));
    expect(readdirSync(folder).filter(name => name.startsWith('.answer'))).toEqual([]);
  });

  test('a refusal leaves the file that was there; a folder and no folder are told', async () => {
    const folder = projectFolder({ ...project, answer: 'earlier' });
    mkdirSync(path.join(folder, 'taken'));
    const refused = await metrics(folder, ...words, '--by', 'nothing', '--out', 'answer');
    expect([refused.code, readFileSync(path.join(folder, 'answer'), 'utf8')]).toEqual([1, 'earlier']);
    const taken = await metrics(folder, ...words, '--out', 'taken');
    expect([taken.code, taken.err]).toEqual([
      2,
      'error: taken cannot be written\n  = help: is it a folder, or not to be written to?\n',
    ]);
    const nowhere = await metrics(folder, ...words, '--out', 'no/such.parquet');
    expect([nowhere.code, nowhere.err]).toEqual([
      2,
      'error: no/such.parquet cannot be written\n  = help: there is no such folder\n',
    ]);
    expect(existsSync(path.join(folder, 'no'))).toBe(false);
  });
});

test('an answer beyond the limit of rows says on the error stream that there were more', async () => {
  const folder = projectFolder({
    'metrics.yaml': `version: 1
name: acme
tables:
  numbers: { sql: select i as id from range(1000001) as r (i), key: id, columns: { id: integer } }
metrics:
  size: { formula: count(numbers) }
`,
  });
  const { code, err } = await metrics(folder, 'query', 'size', '--by', 'id', '--format', 'parquet');
  expect([code, err]).toEqual([0, 'note: these are the first 1000000 rows; more were left out\n']);
});

describe('a table as a file', () => {
  const write = async (type: ExpressionType, values: readonly (string | number | boolean | null)[]) =>
    readBack(
      await parquetFile({ columns: [{ name: 'v', type }], rows: values.map(value => [value]), metadata: {} }, limits),
    );

  test.each<[string, ExpressionType, readonly (string | number | null)[], string, readonly (string | null)[]]>([
    ['whole numbers', 'integer', [1, null, -9007199254740991], 'BIGINT', ['1', null, '-9007199254740991']],
    ['one beyond 64 bits', 'integer', ['9223372036854775808', 1], 'DECIMAL(38,0)', ['9223372036854775808', '1']],
    [
      '18 digits',
      'decimal',
      ['1.5', '99999999999999999', '-0.1'],
      'DECIMAL(18,1)',
      ['1.5', '99999999999999999.0', '-0.1'],
    ],
    ['19 digits', 'decimal', ['1.25', '99999999999999999'], 'DECIMAL(38,2)', ['1.25', '99999999999999999.00']],
    [
      '38 digits',
      'decimal',
      ['12345678901234567890.123456789012345678'],
      'DECIMAL(38,18)',
      ['12345678901234567890.123456789012345678'],
    ],
    ['nothing at all', 'decimal', [null], 'DECIMAL(18,0)', [null]],
    ['texts', 'string', ['', "it's", 'ñ🙂'], 'VARCHAR', ['', "it's", 'ñ🙂']],
    ['nothing known', 'null', [null], 'VARCHAR', [null]],
    ['floats', 'float', [1e308, 5e-324], 'DOUBLE', ['1e+308', '5e-324']],
  ])('%s', async (_, type, values, stored, read) => {
    const { columns, rows } = await write(type, values);
    expect([columns, rows]).toEqual([[`v ${stored}`], read.map(value => [value])]);
  });

  test.each<[ExpressionType, string[], string]>([
    ['integer', ['1'.repeat(39)], '`v` needs 39 digits, and Parquet has 38'],
    ['decimal', ['1'.repeat(30), '0.123456789'], '`v` needs 39 digits, and Parquet has 38'],
    [
      'timestamp',
      ['2026-01-01T00:00:00.123456789Z'],
      '`v` has nanoseconds, and its timestamps in Parquet have microseconds',
    ],
  ])('a %s that would not be exact is refused', async (type, values, message) => {
    const refused = await write(type, values).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(EngineError);
    expect(refused).toMatchObject({ diagnostic: { code: 'M9027', message } });
  });

  test('names and metadata are texts, whatever stands in them; nothing is left behind', async () => {
    const names = ['a "b"', "it's", '; drop table answer', 'ñ 🙂', 'deals.amount'];
    const bytes = await parquetFile(
      {
        columns: names.map(name => ({ name, type: 'integer' })),
        rows: [names.map((_, index) => index)],
        metadata: { "k'ey": '{\'x\': "y"}\n' },
      },
      limits,
    );
    const { columns, rows, facts } = await readBack(bytes);
    expect(columns).toEqual(names.map(name => `${name} BIGINT`));
    expect(rows).toEqual([['0', '1', '2', '3', '4']]);
    expect([...facts]).toEqual([["k'ey", '{\'x\': "y"}\n']]);
    expect(readdirSync(os.tmpdir()).filter(name => name.startsWith('sextant-parquet-'))).toEqual([]);
  });
});
