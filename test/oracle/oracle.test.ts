/**
 * Random models, data and questions: every engine must say what the oracle says. `SEXTANT_RUNS` sets how many worlds each
 * engine sees, `SEXTANT_ENGINE` asks one alone, `SEXTANT_SEED` chooses other questions (`random`, or a number), `SEXTANT_FORM=nested,rank` writes and asks
 * these forms alone.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Diagnostic, dialectNamed } from '../../compiler/index.ts';
import { check, type Engine, modelOf, notBuilt } from './check.ts';
import { generateQuery } from './generate/query.ts';
import { generateWorld } from './generate/world.ts';
import { forms } from './generate/written.ts';
import { type Shrunk, shrink } from './shrink.ts';
import { openDuckDB, openPostgres } from './warehouse.ts';

const engines = [
  { name: 'duckdb', worlds: 200, start: 215_610_261, open: openDuckDB },
  { name: 'postgres', worlds: 40, start: -1_248_760_558, open: openPostgres },
] as const;
const questionsPerWorld = 8;

const { SEXTANT_RUNS: runs = '', SEXTANT_SEED: seed = '', SEXTANT_ENGINE: only = '', SEXTANT_FORM = '' } = process.env;
const named = SEXTANT_FORM.split(',').filter(word => word !== '');
const wanted = forms.filter(form => named.includes(form));
const allowed = named.length === 0 ? forms : wanted;

/** How many were answered, and why others were not. */
class Tally {
  answered = 0;
  refused = 0;
  readonly codes = new Map<string, number>();
  readonly reasons = new Map<string, number>();

  refuse(diagnostics: readonly Pick<Diagnostic, 'code' | 'message'>[]): void {
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

/** Every run asks the same questions, so that one that fails is told from a change; `random` asks others. */
function seedOf(start: number): number {
  if (seed === 'random') return Math.floor(Math.random() * 2 ** 31);
  return seed === '' ? start : Number(seed);
}

describe.each(engines.filter(({ name }) => only === '' || only === name))('$name', ({ name, worlds, start, open }) => {
  const count = runs === '' ? worlds : Number(runs);
  let engine: Engine;

  beforeAll(async () => {
    const dialect = dialectNamed(name);
    if (dialect === null) throw new Error(`no dialect ${name}`);
    engine = { warehouse: await open(), dialect };
  });

  test(`${count} worlds, ${questionsPerWorld} questions each`, { timeout: 3_600_000 }, async () => {
    expect(named.filter(word => !forms.some(form => form === word))).toEqual([]);
    const definitions = new Tally();
    const questions = new Tally();
    let failure: Shrunk | null = null;
    const run = await fc.check(
      fc.asyncProperty(fc.gen(), async g => {
        const { world, metrics } = generateWorld(g, allowed);
        const { model, diagnostics } = modelOf(world);
        if (diagnostics.length > 0) definitions.refuse(diagnostics);
        const sound = Object.fromEntries(
          Object.entries(metrics).filter(([metric]) => Object.hasOwn(model.metrics, metric)),
        );
        const isAny = Object.values(sound).some(metric => metric.forms.some(form => wanted.includes(form)));
        if (wanted.length > 0 ? !isAny : Object.keys(sound).length === 0) return;
        await engine.warehouse.fill(world);
        for (let index = 0; index < questionsPerWorld; index += 1) {
          const question = { world, query: generateQuery(g, sound, allowed, wanted) };
          const outcome = await check(model, question, engine);
          if (outcome.kind === 'agreed') questions.answered += 1;
          else if (outcome.kind === 'refused') questions.refuse(outcome.diagnostics);
          else {
            failure = { question, problem: outcome };
            throw new Error(outcome.text);
          }
        }
      }),
      // What is found is made smaller as a question, not as the choices that led to it.
      { numRuns: count, endOnFailure: true, seed: seedOf(start) },
    );
    console.log(
      `${name}: ${questions.answered} questions answered, ${questions.text()}; worlds with definitions ${definitions.text()}`,
    );
    const reasons = [...questions.reasons, ...definitions.reasons].sort((a, b) => b[1] - a[1]).slice(0, 60);
    if (process.env.SEXTANT_REASONS === '1') console.log(reasons);
    if (run.failed)
      throw new Error(`seed ${run.seed}: ${failure === null ? run.errorInstance : await told(failure, engine)}`);
    const later = questions.codes.get(notBuilt) ?? 0;
    expect(questions.answered + later).toBeGreaterThan((questions.refused - later) * 2);
  });
});

/** The smallest question that goes wrong in the same way, with all that it takes to ask it. */
async function told(failure: Shrunk, engine: Engine): Promise<string> {
  const { question, problem } = process.env.SEXTANT_QUICK === '1' ? failure : await shrink(failure, engine);
  const { definitions, rows } = question.world;
  const project = { metrics: definitions.metrics, calendar: definitions.calendar, zone: definitions.time_zone };
  const given = Object.entries(rows).filter(([, each]) => each.length > 0);
  const lines = [question.query, project, Object.fromEntries(given)].map(each => JSON.stringify(each));
  return [problem.text, ...lines, problem.sql].join('\n');
}
