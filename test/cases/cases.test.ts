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
  dialectNamed,
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
import { type Answer, decodeAnswer } from '../../runtime/answer.ts';
import { fetchRows } from '../../runtime/engines/duckdb/connection.ts';
import { csvAnswer } from '../../runtime/faces/cli/format/answer.ts';

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

describe.each(folders)('%s', name => {
  const { model, query, now, data, rows } = readCase(name);
  const dialect = dialectNamed('duckdb');
  if (dialect === null) throw new Error('no dialect');

  test('plan and SQL are as the goldens say, to the byte, whenever they are made', () => {
    const optimised = planned(model, query, now, 'optimised');
    const { sql, parameters } = render(optimised, dialect);
    golden(name, 'plan.txt', `${printPlan(optimised)}\n`);
    const values = parameters.map(({ value }, index) => `-- $${index + 1} = ${JSON.stringify(value)}\n`);
    golden(name, 'duckdb.sql', `${sql}\n${values.join('')}`);
    expect(render(planned(model, query, now, 'optimised'), dialect).sql).toBe(sql);
  });

  test.each(['optimised', 'plain'] as const satisfies readonly Strategy[])(
    'DuckDB answers the %s plan with the rows',
    async strategy => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      await connection.run("set timezone = 'UTC'");
      await connection.run(data);
      const made = planned(model, query, now, strategy);
      const { sql, parameters } = render(made, dialect);
      const answer = decodeAnswer(made, await fetchRows(connection, sql, parameters, 1000), '', 0);
      connection.closeSync();
      expectRows(answer, rows);
    },
  );
});
