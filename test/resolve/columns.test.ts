/** The values that a column may have are of its type, declared or inferred. */
import { expect, test } from 'vitest';
import { check, diagnosticsOf, named, project, type Row, sound } from './shop.ts';

const table: readonly Row[] = [
  ['{ type: string, values: [a, 1, true] }', []],
  ["{ type: integer, values: [1, '+2', -3] }", []],
  ['{ type: integer, values: [1, «1.5»] }', ['M1008']],
  ['{ type: decimal, values: [1, -1.5, «x»] }', ['M1008']],
  ['{ type: float, values: [1e3, «NaN»] }', ['M1008']],
  ['{ type: boolean, values: [true, false, «yes»] }', ['M1008']],
  ['{ type: date, values: [2026-02-28, «2026-02-30»] }', ['M1008']],
  ['{ type: timestamp, values: ["2026-02-28T10:00", «noon»] }', ['M1008']],
  ['{ formula: seats, values: [1, «x»] }', ['M1008']],
  ['{ formula: seats, type: integer, values: [1, «x»] }', ['M1008']],
];

test.each(named(table))('$marked', ({ marked, codes, help }) => {
  check({ dealColumn: marked }, codes, help);
});

test('a column without a type is told once, and nothing that stands on it', () => {
  const parts = { dealColumn: '{ description: x }', metric: '{ formula: sum(deals.asked) }' };
  expect(diagnosticsOf(project({ ...sound, ...parts })).map(({ code }) => code)).toEqual(['M3011']);
});

test('each that is not is told', () => {
  const said = diagnosticsOf(project({ ...sound, dealColumn: '{ type: integer, values: [a, 1, b] }' }));
  expect(said.map(({ code }) => code)).toEqual(['M1008', 'M1008']);
});
