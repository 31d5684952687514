/**
 * Random models, data and questions: DuckDB must say what the oracle says. `SEXTANT_RUNS` sets how many worlds,
 * `SEXTANT_SEED` repeats one run, `SEXTANT_FORM=nested,rank` writes and asks these forms alone.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  bindQuery,
  type Diagnostic,
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
import { fetchRows } from '../../runtime/engines/duckdb/connection.ts';
import { answer } from './answer.ts';
import { difference } from './compare.ts';
import { generateQuery } from './generate/query.ts';
import { type GeneratedWorld, generateWorld } from './generate/world.ts';
import { forms } from './generate/written.ts';
import type { Data } from './rows.ts';
import { fill, openWorlds, oracleData } from './warehouse.ts';

const worlds = Number(process.env.SEXTANT_RUNS ?? 250);
const questionsPerWorld = 8;
const now = { day: 19_813, hour: 23 };
const named = (process.env.SEXTANT_FORM ?? '').split(',').filter(word => word !== '');
const wanted = forms.filter(form => named.includes(form));
const allowed = named.length === 0 ? forms : wanted;

const unbuilt = 'M1017';
/** What a question may be refused with: what is not built, and what no answer would be right for. */
const refusals = [unbuilt, 'M3015', 'M5012', 'M5013', 'M5014', 'M5015', 'M5017'];

let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await openWorlds();
});

class Tally {
  asked = 0;
  refused = 0;
  readonly codes = new Map<string, number>();
  readonly reasons = new Map<string, number>();

  count(diagnostics: readonly Diagnostic[]): void {
    for (const { code, message } of diagnostics) {
      this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
      this.reasons.set(`${code} ${message}`, (this.reasons.get(`${code} ${message}`) ?? 0) + 1);
    }
  }

  text(): string {
    return [...this.codes].map(([code, times]) => `${code} ${times}`).join(', ') || 'none';
  }
}

test(`${worlds} worlds, ${questionsPerWorld} questions each`, { timeout: 3_600_000 }, async () => {
  expect(
    named.filter(word => !forms.some(form => form === word)),
    'forms that there are',
  ).toEqual([]);
  const definitions = new Tally();
  const questions = new Tally();
  await fc.assert(
    fc.asyncProperty(fc.gen(), async g => {
      const { world, metrics } = generateWorld(g, allowed);
      const read = readDocument({ path: 'metrics.yaml', text: JSON.stringify(world.definitions) }, 'project');
      if (read.document === null || hasErrors(read.diagnostics)) throw new Error(JSON.stringify(read.diagnostics));
      const { model, diagnostics } = resolve([read.document]);
      definitions.count(diagnostics);
      const sound = Object.fromEntries(Object.entries(metrics).filter(([name]) => Object.hasOwn(model.metrics, name)));
      const isAny = Object.values(sound).some(metric => metric.forms.some(form => wanted.includes(form)));
      if (wanted.length > 0 ? !isAny : Object.keys(sound).length === 0) return;
      await fill(connection, world);
      const data = oracleData(world);
      for (let index = 0; index < questionsPerWorld; index += 1) {
        const query = generateQuery(g, sound, allowed, wanted);
        const refusal = await compare(model, query, world, data);
        if (refusal === null) questions.asked += 1;
        else {
          questions.refused += 1;
          questions.count(refusal);
        }
      }
    }),
    {
      numRuns: worlds,
      ...((process.env.SEXTANT_SEED ?? '') === '' ? {} : { seed: Number(process.env.SEXTANT_SEED) }),
      endOnFailure: process.env.SEXTANT_QUICK === '1',
    },
  );
  console.log(
    `${questions.asked} questions answered, ${questions.refused} refused: ${questions.text()}\ndefinitions refused: ${definitions.text()}`,
  );
  const reasons = [...questions.reasons, ...definitions.reasons].sort((a, b) => b[1] - a[1]).slice(0, 60);
  if (process.env.SEXTANT_REASONS === '1') console.log(reasons);
  const sensible = questions.refused - (questions.codes.get(unbuilt) ?? 0);
  expect(questions.asked + (questions.codes.get(unbuilt) ?? 0)).toBeGreaterThan(sensible * 2);
});

/** Asks both; what the question was refused with, or null where both have answered and agree. */
async function compare(
  model: Model,
  query: Query,
  world: GeneratedWorld,
  data: Data,
): Promise<readonly Diagnostic[] | null> {
  const strategies = ['optimised', 'plain'] as const satisfies readonly Strategy[];
  const dialect = dialectNamed('duckdb');
  const bound = bindQuery(model, query, now);
  const planned = strategies.map(strategy => ({ strategy, ...plan(model, query, now, strategy) }));
  const shown = (problem: string) =>
    `${problem}\n${JSON.stringify(query)}\n${JSON.stringify(world.definitions.metrics)}\nrows: ${JSON.stringify(world.rows)}`;
  const refused = planned.find(each => each.plan === null);
  if (refused !== undefined) {
    const errors = refused.diagnostics.filter(each => each.severity === 'error');
    const surprise = errors.find(each => !refusals.includes(each.code));
    if (surprise !== undefined || errors.length === 0) throw new Error(shown(`refused: ${JSON.stringify(errors)}`));
    return errors;
  }
  if (bound.query === null || dialect === null) throw new Error(shown('planned, and not bound'));
  const expected = answer(bound.query, { model, data });
  for (const { strategy, plan: made } of planned) {
    if (made === null) continue;
    const { sql, parameters } = render(made, dialect);
    const report = (problem: string) =>
      shown(
        `${strategy}: ${problem}\n${sql}\n${JSON.stringify(parameters)}\noracle: ${JSON.stringify(expected.rows, text)}`,
      );
    const raw = await fetchRows(connection, sql, parameters, 100_000).catch((error: unknown) => {
      throw new Error(report(String(error)));
    });
    const problem = difference(expected, decodeAnswer(made, raw, '', 0));
    if (problem !== null) throw new Error(report(problem));
  }
  return null;
}

function text(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
