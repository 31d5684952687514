/** What is said of files and warehouses that cannot be read: whole sentences in plain words, and no path of this machine. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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

  test('a list without rows is a table without rows', async () => {
    expect(await rowsOf(csv('[]', 'things.json'), 'query', 'things')).toEqual([{ things: 0 }]);
  });

  test('a name that would be a pattern is the name of one file', async () => {
    const folder = csv('id,value\n1,1\n', 'things[1].csv');
    writeFileSync(path.join(folder, 'things1.csv'), 'id,value\n1,2\n');
    expect(await rowsOf(folder, 'query', 'value')).toEqual([{ value: 1 }]);
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
