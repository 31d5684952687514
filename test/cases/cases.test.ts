/**
 * Cases: folders of data. `model.yaml` is a project in one file, `data.sql` its warehouse, `query.json` the question with
 * the day on which it is asked; `plan.txt` and one `.sql` for each dialect are goldens (`UPDATE=1` writes them anew, and the
 * commit says why they moved); `rows.csv` is worked out by hand or by independent SQL, and is never written here.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import {
  type Dialect,
  dialectNamed,
  dialectNames,
  type Model,
  parseDay,
  plan,
  printPlan,
  type Query,
  readDocument,
  render,
  resolve,
  type Strategy,
} from '../../compiler/index.ts';
import { scansOf } from '../../compiler/plan/walk.ts';
import { type Answer, decodeAnswer } from '../../runtime/answer.ts';
import { fetchRows } from '../../runtime/engines/duckdb/connection.ts';
import * as postgres from '../../runtime/engines/postgres/session.ts';
import { csvAnswer } from '../../runtime/faces/cli/format/answer.ts';
import { database } from '../support/postgres.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);

function readCase(name: string) {
  const read = (file: string) => readFileSync(path.join(import.meta.dirname, name, file), 'utf8');
  const { document, diagnostics } = readDocument({ path: 'model.yaml', text: read('model.yaml') }, 'project');
  if (document === null) throw new Error(JSON.stringify(diagnostics));
  const resolved = resolve([document]);
  expect([...diagnostics, ...resolved.diagnostics]).toEqual([]);
  const { as_of: asOf, ...query }: Query & { as_of: string } = JSON.parse(read('query.json'));
  return {
    model: resolved.model,
    query,
    now: { day: parseDay(asOf) ?? 0, hour: 23 },
    data: read('data.sql'),
    rows: read('rows.csv'),
  };
}

/** A golden: the text on disk, or, with UPDATE=1, the text that is put there. */
function golden(name: string, file: string, text: string): void {
  const place = path.join(import.meta.dirname, name, file);
  if (process.env.UPDATE === '1') writeFileSync(place, text);
  expect(text).toBe(
    existsSync(place)
      ? readFileSync(place, 'utf8')
      : '(there is no golden yet: run with UPDATE=1 and read what is written)',
  );
}

function planned(model: Model, query: Query, now: { day: number; hour: number }, strategy: Strategy) {
  const { plan: found, diagnostics } = plan(model, query, now, strategy);
  if (found === null) throw new Error(JSON.stringify(diagnostics));
  return found;
}

/** Floats to 1e-9, everything else to the letter. */
function expectRows(answer: Answer, rows: string): void {
  const lines = csvAnswer(answer).trimEnd().split('\n');
  const wanted = rows.trimEnd().split('\n');
  const isFloat = answer.columns.map(column => column.type === 'float');
  expect(lines.length).toBe(wanted.length);
  for (const [index, line] of wanted.entries()) {
    const cells = lines[index]?.split(',') ?? [];
    for (const [place, cell] of line.split(',').entries()) {
      const found = cells[place] ?? '';
      if (!isFloat[place] || index === 0 || cell === '' || found === '') expect(found).toBe(cell);
      else
        expect(Math.abs(Number(found) - Number(cell)), `${found} for ${cell}`).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(Number(cell))),
        );
    }
  }
}

function dialectOf(name: string): Dialect {
  const dialect = dialectNamed(name);
  if (dialect === null) throw new Error(`no dialect ${name}`);
  return dialect;
}

const strategies = ['optimised', 'plain'] as const satisfies readonly Strategy[];

describe.each(folders)('%s', name => {
  const { model, query, now, data, rows } = readCase(name);

  test('plan and SQL are as the goldens say, to the byte, whenever they are made', () => {
    const optimised = planned(model, query, now, 'optimised');
    golden(name, 'plan.txt', `${printPlan(optimised)}\n`);
    for (const dialectName of dialectNames) {
      const { sql, parameters } = render(optimised, dialectOf(dialectName));
      const values = parameters.map(({ value }, index) => `-- $${index + 1} = ${JSON.stringify(value)}\n`);
      golden(name, `${dialectName}.sql`, `${sql}\n${values.join('')}`);
      expect(render(planned(model, query, now, 'optimised'), dialectOf(dialectName)).sql).toBe(sql);
    }
  });

  test.each(strategies)('the last gate comes by every scan of the %s plan', strategy => {
    const made = planned(model, query, now, strategy);
    const printed = [...printPlan(made).matchAll(/^ *(?:scan|join) (\S+) as /gm)].map(([, table]) => table);
    expect(
      scansOf(made.relation)
        .map(({ table }) => table)
        .sort(),
    ).toEqual(printed.sort());
  });

  test.each(strategies)('DuckDB answers the %s plan with the rows', async strategy => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("set timezone = 'UTC'");
    await connection.run(data);
    const made = planned(model, query, now, strategy);
    const { sql, parameters } = render(made, dialectOf('duckdb'));
    const answer = decodeAnswer(made, await fetchRows(connection, sql, parameters, 1000), '', 0);
    connection.closeSync();
    expectRows(answer, rows);
  });

  test.each(strategies)('PostgreSQL answers the %s plan with the rows', async strategy => {
    const made = planned(model, query, now, strategy);
    const { sql, parameters } = render(made, dialectOf('postgres'));
    const { client } = await database();
    await client.query("begin; set local timezone = 'UTC'");
    try {
      await client.query(data);
      expectRows(decodeAnswer(made, await postgres.fetchRows(client, sql, parameters, 1000), '', 0), rows);
    } finally {
      await client.query('rollback');
    }
  });
});
