/** Where rows are read from: names of tables, files of one folder, and SELECTs that stand in brackets. */
import { describe, expect, test } from 'vitest';
import { readDocument, resolve } from '../../compiler/index.ts';

function codesOf(source: Readonly<Record<string, string>>): readonly string[] {
  const table = JSON.stringify({ ...source, key: 'id', columns: { id: 'string' } });
  const text = `version: 1\nname: x\ntables: { things: ${table} }\n`;
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text }, 'project');
  return [...diagnostics, ...resolve(document === null ? [] : [document]).diagnostics].map(({ code }) => code);
}

describe('from', () => {
  const table: readonly (readonly [from: string, codes: readonly string[]])[] = [
    ['things', []],
    ['crm.things', []],
    ['warehouse.crm.things', []],
    ['"My Schema"."My ""Table"""', []],
    ['größen.año_1', []],
    ['one.too.many.names', ['M4012']],
    ['two words', ['M4012']],
    ['crm..things', ['M4012']],
    ['crm.', ['M4012']],
    ['1things', ['M4012']],
    ['things; drop table x', ['M4012']],
    ['things.xlsx', ['M4012']],
    ['things.csv', []],
    ['data/Things.PARQUET', []],
    ['../things.csv', ['M7001']],
    ['data/../../things.csv', ['M7001']],
    ['/data/things.csv', ['M7001']],
    ['~/things.csv', ['M7001']],
    ['C:things.csv', ['M7001']],
    ['https://example.org/things.csv', ['M7001']],
  ];
  test.each(table)('%s', (from, codes) => {
    expect(codesOf({ from })).toEqual(codes);
  });
});

describe('sql', () => {
  const table: readonly (readonly [sql: string, codes: readonly string[]])[] = [
    ['select id from t', []],
    ['WITH a AS (SELECT 1 AS id) SELECT id FROM a', []],
    ["select ');' as id", []],
    ['select "a;b" as id from t', []],
    ["select 1 as id -- it's one\nfrom t", []],
    ['select /* ( ; */ 1 as id', []],
    ["select 'it''s' as id", []],
    ['delete from t', ['M1022']],
    ['selected', ['M1022']],
    ['select (1 as id', ['M1022']],
    ['select 1) as id, (2', ['M1022']],
    ['select 1 as id; drop table t', ['M1022']],
    ["select 'x as id", ['M1022']],
    ['select "x as id', ['M1022']],
    ['select 1 as id /* open', ['M1022']],
    ['select $$x$$ as id', ['M1022']],
    ['select $a$x$a$ as id', ['M1022']],
    ['select 1 as id -- end', ['M1022']],
  ];
  test.each(table)('%s', (sql, codes) => {
    expect(codesOf({ sql })).toEqual(codes);
  });
});

test('one of the two', () => {
  expect(codesOf({})).toEqual(['M4012']);
  expect(codesOf({ from: 'things', sql: 'select 1 as id' })).toEqual(['M4012']);
});
