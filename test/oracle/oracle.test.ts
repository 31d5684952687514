/** Random models, data and questions: DuckDB must say what the oracle says. `SEXTANT_RUNS` sets how many worlds, `SEXTANT_SEED` repeats one run. */
import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  bindQuery,
  dialectNamed,
  hasErrors,
  plan,
  readDocument,
  render,
  resolve,
  type Strategy,
} from '../../compiler/index.ts';
import { decodeAnswer } from '../../runtime/answer.ts';
import { fetchRows } from '../../runtime/engines/duckdb/connection.ts';
import { answer } from './answer.ts';
import { difference } from './compare.ts';
import { generateQuery, generateWorld } from './generate.ts';
import { fill, openWorlds, oracleData } from './warehouse.ts';

const worlds = Number(process.env.SEXTANT_RUNS ?? 250);
const questionsPerWorld = 8;
const now = { day: 19_813, hour: 23 };

let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await openWorlds();
});

test(`${worlds} worlds, ${questionsPerWorld} questions each`, { timeout: 3_600_000 }, async () => {
  let asked = 0;
  let refused = 0;
  const reasons = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.gen(), async g => {
      const { world, tables } = generateWorld(g);
      const read = readDocument({ path: 'metrics.yaml', text: JSON.stringify(world.definitions) }, 'project');
      if (read.document === null || hasErrors(read.diagnostics)) throw new Error(JSON.stringify(read.diagnostics));
      const { model, diagnostics } = resolve([read.document]);
      for (const { code, message } of diagnostics)
        reasons.set(`${code} ${message}`, (reasons.get(`${code} ${message}`) ?? 0) + 1);
      const sound = Object.fromEntries(Object.entries(tables).filter(([name]) => Object.hasOwn(model.metrics, name)));
      if (Object.keys(sound).length === 0) return;
      await fill(connection, world);
      const data = oracleData(world);
      for (let index = 0; index < questionsPerWorld; index += 1) {
        const query = generateQuery(g, sound);
        const bound = bindQuery(model, query, now);
        if (bound.query === null) {
          refused += 1;
          for (const { code, message } of bound.diagnostics)
            reasons.set(`${code} ${message}`, (reasons.get(`${code} ${message}`) ?? 0) + 1);
          continue;
        }
        asked += 1;
        const expected = answer(bound.query, { model, data });
        for (const strategy of ['optimised', 'plain'] as const satisfies readonly Strategy[]) {
          const planned = plan(model, query, now, strategy);
          const dialect = dialectNamed('duckdb');
          if (planned.plan === null || dialect === null)
            throw new Error(`no plan: ${JSON.stringify(planned.diagnostics)}`);
          const statement = render(planned.plan, dialect);
          const report = (problem: string) =>
            `${strategy}: ${problem}\n${JSON.stringify(query)}\n${JSON.stringify(world.definitions.metrics)}\n${statement.sql}\n${JSON.stringify(statement.parameters)}\nrows: ${JSON.stringify(world.rows)}`;
          const raw = await fetchRows(connection, statement.sql, statement.parameters, 100_000).catch(
            (error: unknown) => {
              throw new Error(report(String(error)));
            },
          );
          const problem = difference(expected, decodeAnswer(planned.plan, raw, '', 0));
          if (problem !== null) throw new Error(report(problem));
        }
      }
    }),
    {
      numRuns: worlds,
      ...((process.env.SEXTANT_SEED ?? '') === '' ? {} : { seed: Number(process.env.SEXTANT_SEED) }),
      endOnFailure: process.env.SEXTANT_QUICK === '1',
    },
  );
  console.log(`${asked} questions answered, ${refused} refused`);
  if (process.env.SEXTANT_REASONS === '1') console.log([...reasons].sort((a, b) => b[1] - a[1]).slice(0, 40));
  expect(asked).toBeGreaterThan(refused * 2);
});
