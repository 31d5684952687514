/** Worked examples: what the language's rules come to, by hand, and what the oracle and the engines make of them. */
import { beforeAll, describe, expect, test } from 'vitest';
import {
  bindQuery,
  dialectNamed,
  hasErrors,
  type Model,
  plan,
  type Query,
  readDocument,
  render,
  resolve,
  type Strategy,
} from '../../compiler/index.ts';
import { decodeAnswer } from '../../runtime/answer.ts';
import { answer } from './answer.ts';
import { MissingRate } from './before.ts';
import { dayNumber, dayText } from './calendar.ts';
import { difference } from './compare.ts';
import { openDuckDB, openPostgres } from './engines.ts';
import { parseFraction, toNumber } from './number.ts';
import type { Data, Row } from './rows.ts';
import { isFraction, type Value } from './values.ts';
import { physical, type Worlds } from './warehouse.ts';
import { before, currencies } from './worked/before.ts';
import { events, leads } from './worked/followed.ts';
import { language } from './worked/language.ts';
import { nested } from './worked/nested.ts';
import { type Given, type GivenTable, tables as usualTables } from './worked/project.ts';
import { snapshots, stocks, zones } from './worked/stocks.ts';
import { totals } from './worked/totals.ts';
import { instants, versions } from './worked/versions.ts';
import { windows } from './worked/windows.ts';

function modelOf({ settings = '', tables = usualTables, metrics }: Given): Model {
  const formulas = Object.entries(metrics).map(
    ([name, metric]) => [name, typeof metric === 'string' ? { formula: metric } : metric] as const,
  );
  const yaml = [
    'version: 1',
    'name: worked',
    settings,
    `tables: ${JSON.stringify(tables)}`,
    `metrics: ${JSON.stringify(Object.fromEntries(formulas))}`,
  ];
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text: yaml.join('\n') }, 'project');
  if (document === null || hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics));
  const resolved = resolve([document]);
  expect(resolved.diagnostics).toEqual([]);
  return resolved.model;
}

function cellsOf(lines: string): readonly (readonly string[])[] {
  const rows = lines.split('\n').filter(line => line.trim() !== '');
  return rows.map(line => line.split('|').map(cell => cell.trim()));
}

function dataOf({ tables = usualTables, rows }: Given): Data {
  return Object.fromEntries(
    Object.entries(tables).map(([table, { columns }]) => {
      const [names = [], ...lines] = cellsOf(rows[table] ?? '');
      const types = typesOf(columns);
      const read = (line: readonly string[]): Row =>
        Object.fromEntries(names.map((name, index) => [name, cellValue(types[name], line[index] ?? '')]));
      return [table, lines.map(read)];
    }),
  );
}

/** Of the columns that are stored. */
function typesOf(columns: GivenTable['columns']): Readonly<Record<string, string>> {
  const typed = Object.entries(columns).map(([name, column]) => [
    name,
    typeof column === 'string' ? column : column.type,
  ]);
  return Object.fromEntries(typed.filter(([, type]) => type !== undefined));
}

function cellValue(type: unknown, text: string): Value {
  if (text === '') return null;
  switch (type) {
    case 'integer':
    case 'decimal':
      return parseFraction(text);
    case 'date':
      return dayNumber(text);
    case 'timestamp':
      return new Date(`${text.replace(' ', 'T')}Z`).getTime() * 1000;
    default:
      return text;
  }
}

/** A cell of an answer beside the one that is expected: numbers agree to 1e-9. */
function shown(value: Value, type: string, wanted: string | undefined): string {
  if (value === null) return 'null';
  if (type === 'date' && typeof value === 'number') return dayText(value);
  if (typeof value === 'number' || isFraction(value)) {
    const number = isFraction(value) ? toNumber(value) : value;
    return Math.abs(number - Number(wanted)) <= 1e-9 ? (wanted ?? '') : String(number);
  }
  return String(value);
}

let engines: readonly { readonly name: string; readonly worlds: Worlds }[] = [];

beforeAll(async () => {
  engines = [
    { name: 'duckdb', worlds: await openDuckDB() },
    { name: 'postgres', worlds: await openPostgres() },
  ];
});

/** The rows of an example as SQL. */
function statementsOf({ tables = usualTables, rows }: Given): readonly string[] {
  return Object.entries(tables).flatMap(([table, { columns }]) => {
    const [names = [], ...lines] = cellsOf(rows[table] ?? '');
    const types = typesOf(columns);
    const stored = Object.entries(types);
    const literal = (name: string, line: readonly string[]) => {
      const text = line[names.indexOf(name)] ?? '';
      return text === '' ? 'null' : `'${text}'::${physical[types[name] ?? '']}`;
    };
    const inserts = lines.map(line => `insert into ${table} values (${stored.map(([name]) => literal(name, line))})`);
    const defined = stored.map(([name, type]) => `"${name}" ${physical[type]}`);
    return [`drop table if exists ${table}`, `create table ${table} (${defined.join(', ')})`, ...inserts];
  });
}

const strategies = ['optimised', 'plain'] as const satisfies readonly Strategy[];

function unbound(): never {
  throw new Error('not bound');
}

async function asked(model: Model, query: Query, given: Given, strategy: Strategy, name: string, worlds: Worlds) {
  const planned = plan(model, query, { day: dayNumber(given.now), hour: 23 }, strategy);
  const dialect = dialectNamed(name);
  if (planned.plan === null || dialect === null) throw new Error(JSON.stringify(planned.diagnostics));
  const statement = render(planned.plan, dialect);
  return { sql: statement.sql, found: decodeAnswer(planned.plan, await worlds.ask(statement), '', 0) };
}

describe.each([
  language,
  windows,
  nested,
  totals,
  stocks,
  zones,
  snapshots,
  versions,
  instants,
  leads,
  events,
  before,
  currencies,
])('$title', ({ given, examples }) => {
  const model = modelOf(given);
  const data = dataOf(given);

  beforeAll(async () => {
    for (const { worlds } of engines) await worlds.run(statementsOf(given));
  });

  test.each(examples)('$name', async ({ query, expected }) => {
    const bound = bindQuery(model, query, { day: dayNumber(given.now), hour: 23 });
    expect(bound.diagnostics).toEqual([]);
    if (bound.query === null) throw new Error('not bound');
    const { dimensions, metrics, bucket } = bound.query;
    const types = [...dimensions.map(dimension => dimension.type), ...metrics.map(metric => metric.type)];
    if (bucket !== null) types.splice(bucket.position, 0, 'date');
    if (typeof expected !== 'string') {
      expect(() => answer(bound.query ?? unbound(), { model, data })).toThrow(MissingRate);
      for (const { name, worlds } of engines) {
        for (const strategy of strategies) {
          const asking = asked(model, query, given, strategy, name, worlds);
          await expect(asking).rejects.toMatchObject({ diagnostic: { code: expected.error } });
        }
      }
      return;
    }
    const wanted = cellsOf(expected);
    const answered = answer(bound.query, { model, data });
    const { rows } = answered;
    expect(
      rows.map((row, line) => row.map((value, index) => shown(value, types[index] ?? '', wanted[line]?.[index]))),
    ).toEqual(wanted);
    for (const { name, worlds } of engines) {
      for (const strategy of strategies) {
        const { sql, found } = await asked(model, query, given, strategy, name, worlds);
        expect(difference(answered, found), sql).toBeNull();
      }
    }
  });
});
