/** What is said of files and warehouses that cannot be read: whole sentences in plain words, and no path of this machine. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { metrics, projectFolder, rowsOf } from '../support/project.ts';

const project = (table: string) => `version: 1
name: acme
tables:
  things: { ${table}, key: id, columns: { id: integer, value: integer } }
metrics:
  value: { formula: sum(things.value) }
  things: { formula: count(things) }
`;

/** The first line and the help of the only finding. */
async function said(folder: string, ...words: readonly string[]) {
  const { code, err } = await metrics(folder, ...(words.length === 0 ? ['query', 'value'] : words));
  expect(err).not.toContain(folder);
  expect(err).not.toMatch(/\n\s+at /);
  const [first = ''] = err.split('\n');
  const help = /= help: (.*)/.exec(err)?.[1] ?? null;
  return { code, first, help, place: /--> (\S+)/.exec(err)?.[1] ?? null };
}

describe('CSV files with more fields than the header has', () => {
  const drop = project('from: things.csv, csv: { extra_fields: drop, nulls: [n/a] }');
  const folderOf = (csv: string) => projectFolder({ 'metrics.yaml': drop, 'things.csv': csv });

  test.each([
    ['nothing too much', 'id,value\n1,1\n2,2\n', '3'],
    ['some too much, however many', `id,value\n1,1,x\n2,2${',x'.repeat(90)}\n`, '3'],
    ['an empty last field is a field', 'id,value\n1,\n2,2,x\n3,""\n4,NULL\n5,n/a\n', '2'],
    ['line breaks and commas in what is dropped', 'id,value\n1,1,"a\nb, c",d\n2,2\n', '3'],
    ['blank lines', 'id,value\n\n1,1,x\n\n2,2\n\n', '3'],
  ])('read: %s', async (_, csv, sum) => {
    expect(await rowsOf(folderOf(csv), 'query', 'value')).toEqual([{ value: Number(sum) }]);
  });

  const tooFew =
    'an empty field needs its separator too, and a line break inside a field needs quotes around the field';
  test.each([
    ['too few', 'id,value\n1,1,x\n2\n', 'M9007]: things.csv, line 3: 1 field, and the header has 2', tooFew],
    [
      'too few, and none too much',
      'id,value\n1,1\n2\n',
      'M9007]: things.csv, line 3: 1 field, and the header has 2',
      tooFew,
    ],
    [
      'too few below blank lines and breaks in quotes',
      'id,value\n\n1,1,"x\ny"\n\n2,2\n3\n',
      'M9007]: things.csv, line 7: 1 field, and the header has 2',
      tooFew,
    ],
    [
      'a quote that swallows the rest',
      'id,value\n1,1\n2,2,"x\n3,3\n4,4\n',
      'M9006]: things.csv: line 3: a quote is opened and not closed, or text follows a closing quote',
      null,
    ],
  ])('refused: %s', async (_, csv, first, help) => {
    expect(await said(folderOf(csv))).toEqual({ code: 1, first: `error[${first}`, help, place: 'metrics.yaml:4:19' });
  });
});

describe('files that are not what they are called', () => {
  const utf8 = 'save it as CSV in UTF-8';
  const csv = (content: string | Buffer, name = 'things.csv') => {
    const folder = projectFolder({ 'metrics.yaml': project(`from: "${name}"`) });
    writeFileSync(path.join(folder, name), content);
    return folder;
  };

  test.each([
    ['Latin-1', Buffer.from('id,value\n1,1\n2,año\n', 'latin1'), 'line 3: it is not UTF-8 text', utf8],
    ['Latin-1 in the header', Buffer.from('id,value,año\n1,1,x\n', 'latin1'), 'it is not UTF-8 text', utf8],
    ['UTF-16', Buffer.from('\ufeffid,value\n1,1\n', 'utf16le'), 'it is not UTF-8 text', utf8],
    ['line ends of two kinds', 'id,value\r\n1,1\n2,2\r\n', 'some lines end as in Windows and others as in Unix', null],
    [
      'a quote without its end, below a break in quotes',
      'id,value\n"1\n",1\n2,"2\n3,3\n',
      'line 4: a quote is opened and not closed, or text follows a closing quote',
      null,
    ],
    ['blank lines alone', '\n\n', 'the file is empty', null],
  ])('CSV: %s', async (_, content, detail, help) => {
    const first = `error[M9006]: things.csv: ${detail}`;
    expect(await said(csv(content))).toEqual({ code: 1, first, help, place: 'metrics.yaml:4:20' });
  });

  test('the line of a short record is that of the file, below breaks in quotes and blank lines', async () => {
    const { first } = await said(csv('id,value\n1,"1\n"\n\n2\n'));
    expect(first).toBe('error[M9007]: things.csv, line 5: 1 field, and the header has 2');
  });

  test('a quote inside a field is text and opens nothing', async () => {
    const { first } = await said(csv('id,value,size\n1,1,5"\n2,two,x\n3,3,4"\n'));
    expect(first).toBe('error[M9005]: things.csv, line 3, column `value`: `two` is not a whole number');
  });

  test.each([
    [
      'a value',
      '[{"id": 1, "value": 1},\n\n {"id": 2, "value": "two"}]',
      'M9005]: things.json, record 2, column `value`: `two` is not a whole number',
    ],
    ['the end', '[{"id": 1, "value": 1}, {"id": 2', 'M9006]: things.json: record 2: unexpected end of data'],
    ['a key', '{"id": 1, "id": 2}', 'M9006]: things.json: record 1: the key `id` stands twice'],
    ['the rows', '[1, 2]', 'M9006]: things.json: it is not a list of objects, one for each row'],
    ['nothing', '', 'M9006]: things.json: the file is empty'],
    ['everything', 'id,value', 'M9006]: things.json: record 1: unexpected character'],
  ])('JSON: %s', async (_, content, first) => {
    expect((await said(csv(content, 'things.json'))).first).toBe(`error[${first}`);
  });

  test.each(['rowid', 'c0', 'select', ' ', 'a"b', "it's"])('a column called %j beside the others', async column => {
    const header = `"${column.replaceAll('"', '""')}",value,id`;
    const folder = csv(`${header}\nx,1,1\ny,2,2\n`);
    expect(await rowsOf(folder, 'query', 'value')).toEqual([{ value: 3 }]);
    writeFileSync(path.join(folder, 'things.csv'), `${header}\nx,1,1\ny,two,2\n`);
    expect((await said(folder)).first).toContain('things.csv, line 3, column `value`: `two`');
  });

  test('columns without a name may be several', async () => {
    expect(await rowsOf(csv('id,value,,\n1,1,,\n2,2,,x\n'), 'query', 'value')).toEqual([{ value: 3 }]);
  });

  test.each([
    ['13/02/2026', 'mend the file, or say how its dates are written: `csv: { date_format: "%d/%m/%Y" }`'],
    ['1.2.26', 'mend the file, or say how its dates are written: `csv: { date_format: "%d/%m/%Y" }`'],
    ['45000', 'mend the file, declare another type, or name the text that stands for null: `csv: { nulls: [n/a] }`'],
  ])('a date as %s', async (day, help) => {
    const yaml = project('from: things.csv').replace('value: integer }', 'value: integer, day: date }');
    const folder = projectFolder({ 'metrics.yaml': yaml, 'things.csv': `id,value,day\n1,1,${day}\n` });
    expect(await said(folder)).toMatchObject({
      first: `error[M9005]: things.csv, line 2, column \`day\`: \`${day}\` is not a date`,
      help,
    });
  });

  test.each(['+99:00', '-15:00', '+05:75'])('a time zone %s away is none', async zone => {
    const yaml = project('from: things.csv').replace('value: integer }', 'value: integer, at: timestamp }');
    const csv = `id,value,at\n1,1,2026-01-01T10:00:00${zone}\n`;
    const { first } = await said(projectFolder({ 'metrics.yaml': yaml, 'things.csv': csv }));
    expect(first).toContain(`\`2026-01-01T10:00:00${zone}\` is not a timestamp`);
  });

  const dates = 'the day is `%d`, the month `%m` or `%b`, the year `%Y`, as in `date_format: "%d.%m.%Y"`';
  test.each([
    ['%Q', '`%Q %d.%m.%Y` is no date format', '%Q %d.%m.%Y'],
    ['no year', 'the date format `%d.%m` lacks a day, a month or a year', '%d.%m'],
    ['no day', 'the date format `%m/%Y` lacks a day, a month or a year', '%m/%Y'],
    ['a word', 'the date format `dd.mm.yyyy` lacks a day, a month or a year', 'dd.mm.yyyy'],
  ])('a date format with %s', async (_, detail, format) => {
    const yaml = project(`from: things.csv, csv: { date_format: "${format}" }`).replace(
      'value: integer }',
      'value: integer, day: date }',
    );
    const folder = projectFolder({ 'metrics.yaml': yaml, 'things.csv': 'id,value,day\n1,1,01.02.2026\n' });
    expect(await said(folder)).toMatchObject({ code: 1, first: `error[M9006]: things.csv: ${detail}`, help: dates });
  });

  test('a list without rows is a table without rows', async () => {
    expect(await rowsOf(csv('[]', 'things.json'), 'query', 'things')).toEqual([{ things: 0 }]);
  });

  test('a name that would be a pattern is the name of one file', async () => {
    const folder = csv('id,value\n1,1\n', 'things[1].csv');
    writeFileSync(path.join(folder, 'things1.csv'), 'id,value\n1,2\n');
    expect(await rowsOf(folder, 'query', 'value')).toEqual([{ value: 1 }]);
  });

  test('options of CSV are no cure for JSON', async () => {
    const { help } = await said(csv('[{"id": 1, "value": "two"}]', 'things.json'));
    expect(help).toBe('mend the file, or declare another type');
  });

  test('Parquet', async () => {
    const { first } = await said(csv('id,value\n1,2\n'.repeat(10), 'things.parquet'));
    expect(first).toBe('error[M9006]: things.parquet: it is no Parquet file');
  });

  test.each(['things.csv', 'things.json', 'things.parquet'])('a folder called %s', async name => {
    const folder = projectFolder({ 'metrics.yaml': project(`from: "${name}"`) });
    mkdirSync(path.join(folder, name));
    expect((await said(folder)).first).toBe(`error[M9006]: ${name}: it is a folder, not a file`);
  });

  test('a file that is not there: where it was sought, as the project writes it', async () => {
    const yaml = project('from: things.csv');
    const profiled = `${yaml}warehouse: { profiles: { files: { engine: duckdb, files: ../data } } }\n`;
    const own = 'error[M9006]: things.csv: there is no such file in ';
    expect((await said(projectFolder({ 'metrics.yaml': yaml }))).first).toBe(`${own}the project's folder`);
    expect((await said(projectFolder({ 'metrics.yaml': profiled }))).first).toBe(`${own}\`../data\``);
    const file = profiled.replace('../data', 'metrics.yaml');
    expect((await said(projectFolder({ 'metrics.yaml': file }))).first).toBe(`${own}\`metrics.yaml\``);
  });
});

describe('a warehouse that cannot be opened', () => {
  const yaml = `version: 1
name: acme
warehouse: { profiles: { local: { engine: duckdb, path: data/acme.duckdb } } }
tables:
  things: { from: things, key: id, columns: { id: integer, value: integer } }
metrics:
  value: { formula: sum(things.value) }
`;
  const folderWith = (write: (file: string) => void) => {
    const folder = projectFolder({ 'metrics.yaml': yaml, 'data/readme': '' });
    write(path.join(folder, 'data/acme.duckdb'));
    return folder;
  };

  test.each([
    [
      'it is not there',
      () => {},
      'does not exist',
      'is the path right? A relative one starts at the folder of metrics.yaml',
    ],
    ['it is something else', (file: string) => writeFileSync(file, 'x'.repeat(5000)), 'is not a DuckDB database', null],
    [
      'it is a SQLite file',
      (file: string) => writeFileSync(file, 'SQLite format 3\0'.repeat(500)),
      'is not a DuckDB database',
      null,
    ],
    ['it is a folder', (file: string) => mkdirSync(file), 'is a folder, not a file', null],
  ])('%s', async (_, write, detail, help) => {
    const first = `error[M9011]: the warehouse \`local\` cannot be opened: \`data/acme.duckdb\` ${detail}`;
    expect(await said(folderWith(write))).toEqual({ code: 3, first, help, place: 'metrics.yaml:3:57' });
  });
});

describe('a warehouse with what no answer can show', () => {
  const folderWith = async (table: string, metric: string, ...statements: readonly string[]) => {
    const folder = projectFolder({
      'metrics.yaml': `version: 1
name: acme
warehouse: { profiles: { local: { engine: duckdb, path: acme.duckdb } } }
tables:
  things: { from: ${table}, key: id, columns: { id: integer, day: date, at: timestamp } }
metrics:
  asked: { formula: ${metric} }
`,
    });
    const instance = await DuckDBInstance.create(path.join(folder, 'acme.duckdb'));
    const connection = await instance.connect();
    for (const sql of statements) await connection.run(sql);
    connection.closeSync();
    instance.closeSync();
    return folder;
  };

  test('a view on a table that is gone', async () => {
    const folder = await folderWith(
      'things',
      'count(things)',
      'create table base as select 1 as id',
      'create view things as select * from base',
      'drop table base',
    );
    expect(await said(folder, 'query', 'asked')).toEqual({
      code: 1,
      first: 'error[M9001]: the warehouse `local` has no table `things`, which `things` reads',
      help: 'it is a view that cannot be read: Table with name base does not exist',
      place: 'metrics.yaml:5:19',
    });
  });

  test.each(['max(things.day)', 'min(things.day)', 'max(things.at)'])('infinite days: %s', async metric => {
    const days =
      "select 1 as id, 'infinity'::date as day, 'infinity'::timestamp as at union all select 2, '-infinity'::date, null";
    const folder = await folderWith('things', metric, `create table things as ${days}`);
    expect(await said(folder, 'query', 'asked')).toMatchObject({
      code: 1,
      first: 'error[M9015]: `asked` is a day beyond the years 1 to 9999: the warehouse holds such values',
    });
  });
});

describe('a SELECT of the author', () => {
  const yaml = (sql: string) => `version: 1
name: acme
tables:
  things:
    sql: ${sql}
    key: id
    columns: { id: integer, value: integer }
metrics:
  value: { formula: sum(things.value) }
`;
  const refused = 'error[M9018]: the warehouse cannot read the `sql:` of `things`';

  test.each([
    ['a table', 'select id, value from thingz', `${refused}: Table with name thingz does not exist`, null],
    [
      'a column',
      'select i as id, valeu as value from (values (1, 2)) v(i, value)',
      `${refused}: Referenced column "valeu" not found in FROM clause`,
      null,
    ],
    [
      'a function',
      'select 1 as id, summ(2) as value',
      `${refused}: Scalar Function with name summ does not exist`,
      'did you mean `sum`?',
    ],
    ['the syntax', '"select 1 as id, 2 as value form x y"', `${refused}: syntax error at or near "form"`, null],
    [
      'a line of several',
      '|\n      select 1 as id,\n        2 as value,\n      from nowhere',
      `${refused}, line 3 of it: Table with name nowhere does not exist`,
      null,
    ],
  ])('%s that is not there', async (_, sql, first, help) => {
    const place = sql.startsWith('|') ? 'metrics.yaml:6:1' : `metrics.yaml:5:${sql.startsWith('"') ? 11 : 10}`;
    expect(await said(projectFolder({ 'metrics.yaml': yaml(sql) }))).toEqual({ code: 1, first, help, place });
  });

  test('a value that it cannot convert, found while rows are read: the query reads that SELECT', async () => {
    const folder = projectFolder({
      'metrics.yaml': yaml("select 1 as id, x::integer as value from (values ('hot')) v(x)"),
    });
    expect(await said(folder)).toEqual({
      code: 3,
      first:
        "error[M9008]: DuckDB could not answer: Could not convert string 'hot' to INT32 when casting from source column x",
      help: null,
      place: 'metrics.yaml:5:10',
    });
  });
});

test('a number beyond the warehouse is said without its advice', async () => {
  const folder = projectFolder({
    'metrics.yaml': `version: 1
name: acme
tables:
  things: { sql: "select 1 as id, 99999999999999999999999999.99::decimal(38, 2) as value", key: id, columns: { id: integer, value: decimal } }
metrics:
  squared: { formula: sum(things.value * things.value) }
`,
  });
  const { code, first, help } = await said(folder, 'query', 'squared');
  expect([code, first]).toEqual([
    1,
    'error[M9012]: a number is too large for the warehouse: 9999999999999999999999999999 * 9999999999999999999999999999',
  ]);
  expect(help).toContain('identifier');
});
