/**
 * Random models, data and questions: every engine must say what the oracle says. `SEXTANT_RUNS` sets how many worlds each
 * engine sees, `SEXTANT_ENGINE` asks one alone, `SEXTANT_SEED` repeats one run, `SEXTANT_FORM=nested,rank` writes and asks
 * these forms alone.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  bindQuery,
  type Diagnostic,
  type Dialect,
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
import { difference } from './compare.ts';
import { generateQuery } from './generate/query.ts';
import { type GeneratedWorld, generateWorld } from './generate/world.ts';
import { forms } from './generate/written.ts';
import type { Data } from './rows.ts';
import { openDuckDB, openPostgres, oracleData, type Worlds } from './warehouse.ts';

const engines = [
  { name: 'duckdb', worlds: 250, open: openDuckDB },
  { name: 'postgres', worlds: 40, open: openPostgres },
] as const;
const questionsPerWorld = 8;
const now = { day: 19_813, hour: 23 };

const { SEXTANT_RUNS: runs = '', SEXTANT_SEED: seed = '', SEXTANT_ENGINE: only = '', SEXTANT_FORM = '' } = process.env;
const named = SEXTANT_FORM.split(',').filter(word => word !== '');
const wanted = forms.filter(form => named.includes(form));
const allowed = named.length === 0 ? forms : wanted;

const notBuilt = 'M1017';
/** What a question may be refused with: what is not built, and what no answer would be right for. */
const refusals = [notBuilt, 'M3015', 'M4010', 'M5012', 'M5013', 'M5014', 'M5015', 'M5017'];

/** How many were answered, and why others were not. */
class Tally {
  answered = 0;
  refused = 0;
  readonly codes = new Map<string, number>();
  readonly reasons = new Map<string, number>();

  refuse(diagnostics: readonly Diagnostic[]): void {
    this.refused += 1;
    for (const { code, message } of diagnostics) {
      this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
      this.reasons.set(`${code} ${message}`, (this.reasons.get(`${code} ${message}`) ?? 0) + 1);
    }
  }

  text(): string {
    const codes = [...this.codes].sort((a, b) => b[1] - a[1]).map(([code, times]) => `${code} ${times}`);
    return [`${this.refused} refused`, ...codes].join(', ');
  }
}

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
    expect(named.filter(word => !forms.some(form => form === word))).toEqual([]);
    const definitions = new Tally();
    const questions = new Tally();
    await fc.assert(
      fc.asyncProperty(fc.gen(), async g => {
        const { world, metrics } = generateWorld(g, allowed);
        const read = readDocument({ path: 'metrics.yaml', text: JSON.stringify(world.definitions) }, 'project');
        if (read.document === null || hasErrors(read.diagnostics)) throw new Error(JSON.stringify(read.diagnostics));
        const { model, diagnostics } = resolve([read.document]);
        if (diagnostics.length > 0) definitions.refuse(diagnostics);
        const sound = Object.fromEntries(
          Object.entries(metrics).filter(([metric]) => Object.hasOwn(model.metrics, metric)),
        );
        const isAny = Object.values(sound).some(metric => metric.forms.some(form => wanted.includes(form)));
        if (wanted.length > 0 ? !isAny : Object.keys(sound).length === 0) return;
        await warehouse.fill(world);
        const data = oracleData(world);
        for (let index = 0; index < questionsPerWorld; index += 1) {
          const query = generateQuery(g, sound, allowed, wanted);
          const refusal = await compare({ model, query, world, data }, warehouse, dialect);
          if (refusal === null) questions.answered += 1;
          else questions.refuse(refusal);
        }
      }),
      {
        numRuns: count,
        ...(seed === '' ? {} : { seed: Number(seed) }),
        endOnFailure: process.env.SEXTANT_QUICK === '1',
      },
    );
    console.log(
      `${name}: ${questions.answered} questions answered, ${questions.text()}; worlds with definitions ${definitions.text()}`,
    );
    const reasons = [...questions.reasons, ...definitions.reasons].sort((a, b) => b[1] - a[1]).slice(0, 60);
    if (process.env.SEXTANT_REASONS === '1') console.log(reasons);
    const later = questions.codes.get(notBuilt) ?? 0;
    expect(questions.answered + later).toBeGreaterThan((questions.refused - later) * 2);
  });
});

interface Question {
  readonly model: Model;
  readonly query: Query;
  readonly world: GeneratedWorld;
  readonly data: Data;
}

/** Asks both; with what the question was refused, or null where both have answered and agree. */
async function compare(
  { model, query, world, data }: Question,
  warehouse: Worlds,
  dialect: Dialect,
): Promise<readonly Diagnostic[] | null> {
  const asked = `${JSON.stringify(query)}\n${JSON.stringify(world.definitions.metrics)}`;
  const rows = `rows: ${JSON.stringify(Object.fromEntries(Object.entries(world.rows).filter(([, each]) => each.length > 0)))}`;
  const planned = (['optimised', 'plain'] as const satisfies readonly Strategy[]).map(strategy => ({
    strategy,
    ...plan(model, query, now, strategy),
  }));
  for (const { plan: made, diagnostics } of planned) {
    if (made !== null) continue;
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const isExpected = errors.length > 0 && errors.every(({ code }) => refusals.includes(code));
    if (!isExpected) throw new Error(`refused: ${JSON.stringify(errors)}\n${asked}\n${rows}`);
    return errors;
  }
  const bound = bindQuery(model, query, now);
  if (bound.query === null) throw new Error(`planned, and not bound\n${asked}`);
  const expected = answer(bound.query, { model, data });
  for (const { strategy, plan: made } of planned) {
    if (made === null) continue;
    const statement = render(made, dialect);
    const report = (problem: string) =>
      `${strategy}: ${problem}\n${asked}\n${statement.sql}\n${JSON.stringify(statement.parameters)}\n${rows}`;
    const raw = await warehouse.ask(statement).catch((error: unknown) => {
      throw new Error(report(String(error)));
    });
    const problem = difference(expected, decodeAnswer(made, raw, '', 0));
    if (problem !== null) throw new Error(report(problem));
  }
  return null;
}
