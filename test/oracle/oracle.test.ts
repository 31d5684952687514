/**
 * Random models, data and questions: every engine must say what the oracle says. `SEXTANT_RUNS` sets how many worlds each
 * engine sees, `SEXTANT_ENGINE` asks one alone, `SEXTANT_SEED` repeats one run.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  bindQuery,
  type Dialect,
  dialectNamed,
  hasErrors,
  plan,
  readDocument,
  render,
  resolve,
  type Strategy,
} from '../../compiler/index.ts';
import { decodeAnswer } from '../../runtime/answer.ts';
import { answer } from './answer.ts';
import { difference } from './compare.ts';
import { generateQuery, generateWorld } from './generate.ts';
import { openDuckDB, openPostgres, oracleData, type Worlds } from './warehouse.ts';

const engines = [
  { name: 'duckdb', worlds: 250, open: openDuckDB },
  { name: 'postgres', worlds: 40, open: openPostgres },
] as const;
const questionsPerWorld = 8;
const now = { day: 19_813, hour: 23 };

const { SEXTANT_RUNS: runs = '', SEXTANT_SEED: seed = '', SEXTANT_ENGINE: only = '' } = process.env;

describe.each(engines.filter(({ name }) => only === '' || only === name))('$name', ({ name, worlds, open }) => {
  const count = runs === '' ? worlds : Number(runs);
  let warehouse: Worlds;
  let dialect: Dialect;

  beforeAll(async () => {
    warehouse = await open();
    const found = dialectNamed(name);
    if (found === null) throw new Error(`no dialect ${name}`);
    dialect = found;
  });

  test(`${count} worlds, ${questionsPerWorld} questions each`, { timeout: 3_600_000 }, async () => {
    let asked = 0;
    let refused = 0;
    const reasons = new Map<string, number>();
    const refuse = (reason: string) => {
      refused += 1;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    };
    await fc.assert(
      fc.asyncProperty(fc.gen(), async g => {
        const { world, tables } = generateWorld(g);
        const read = readDocument({ path: 'metrics.yaml', text: JSON.stringify(world.definitions) }, 'project');
        if (read.document === null || hasErrors(read.diagnostics)) throw new Error(JSON.stringify(read.diagnostics));
        const { model, diagnostics } = resolve([read.document]);
        for (const { code, message } of diagnostics)
          reasons.set(`${code} ${message}`, (reasons.get(`${code} ${message}`) ?? 0) + 1);
        const sound = Object.fromEntries(
          Object.entries(tables).filter(([metric]) => Object.hasOwn(model.metrics, metric)),
        );
        if (Object.keys(sound).length === 0) return;
        await warehouse.fill(world);
        const data = oracleData(world);
        for (let index = 0; index < questionsPerWorld; index += 1) {
          const query = generateQuery(g, sound);
          const bound = bindQuery(model, query, now);
          if (bound.query === null) {
            refuse(bound.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; '));
            continue;
          }
          asked += 1;
          const expected = answer(bound.query, { model, data });
          for (const strategy of ['optimised', 'plain'] as const satisfies readonly Strategy[]) {
            const planned = plan(model, query, now, strategy);
            if (planned.plan === null) throw new Error(`no plan: ${JSON.stringify(planned.diagnostics)}`);
            const statement = render(planned.plan, dialect);
            const report = (problem: string) =>
              `${strategy}: ${problem}\n${JSON.stringify(query)}\n${JSON.stringify(world.definitions.metrics)}\n${statement.sql}\n${JSON.stringify(statement.parameters)}\nrows: ${JSON.stringify(world.rows)}`;
            const raw = await warehouse.ask(statement).catch((error: unknown) => {
              throw new Error(report(String(error)));
            });
            const problem = difference(expected, decodeAnswer(planned.plan, raw, '', 0));
            if (problem !== null) throw new Error(report(problem));
          }
        }
      }),
      {
        numRuns: count,
        ...(seed === '' ? {} : { seed: Number(seed) }),
        endOnFailure: process.env.SEXTANT_QUICK === '1',
      },
    );
    console.log(`${name}: ${asked} questions answered, ${refused} refused`);
    if (process.env.SEXTANT_REASONS === '1') console.log([...reasons].sort((a, b) => b[1] - a[1]).slice(0, 40));
    expect(asked).toBeGreaterThan(refused * 2);
  });
});
