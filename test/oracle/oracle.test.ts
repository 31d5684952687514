/**
 * Random models, data and questions: every engine must say what the oracle says. `SEXTANT_RUNS` sets how many worlds each
 * engine sees, `SEXTANT_ENGINE` asks one alone, `SEXTANT_SEED` chooses other questions (`random`, or a number), `SEXTANT_FORM=nested,rank` writes and asks
 * these forms alone. `npm run test:long` asks for hours.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { dialectNamed } from '../../compiler/index.ts';
import { ask, questionsPerWorld, summary, told } from './campaign.ts';
import { type Engine, stuck } from './check.ts';
import { openDuckDB, openPostgres } from './engines.ts';
import { forms } from './generate/written.ts';
import { shrink } from './shrink.ts';

const engines = [
  { name: 'duckdb', worlds: 280, start: 215_610_261, open: openDuckDB },
  { name: 'postgres', worlds: 40, start: -1_248_760_558, open: openPostgres },
] as const;

const { SEXTANT_RUNS: runs = '', SEXTANT_SEED: seed = '', SEXTANT_ENGINE: only = '', SEXTANT_FORM = '' } = process.env;
const named = SEXTANT_FORM.split(',').filter(word => word !== '');

/** Every run asks the same questions, so that one that fails is told from a change; `random` asks others. */
function seedOf(start: number): number {
  if (seed === 'random') return Math.floor(Math.random() * 2 ** 31);
  return seed === '' ? start : Number(seed);
}

describe.each(engines.filter(({ name }) => only === '' || only === name))('$name', ({ name, worlds, start, open }) => {
  const count = runs === '' ? worlds : Number(runs);
  let lanes: readonly Engine[] = [];

  beforeAll(async () => {
    const dialect = dialectNamed(name);
    if (dialect === null) throw new Error(`no dialect ${name}`);
    lanes = await Promise.all(Array.from({ length: 3 }, async () => ({ warehouse: await open(), dialect })));
  });

  test(`${count} worlds, ${questionsPerWorld} questions each`, { timeout: 3_600_000 }, async () => {
    const wanted = forms.filter(form => named.includes(form));
    expect(named).toHaveLength(wanted.length);
    const campaign = { worlds: count, seed: seedOf(start), forms: wanted, most: 1 };
    const report = await ask(lanes, campaign);
    console.log(`${name}: ${summary(report)}`);
    const reasons = [...Object.entries(report.questions), ...Object.entries(report.definitions)];
    if (process.env.SEXTANT_REASONS === '1') console.log(reasons.sort((a, b) => b[1] - a[1]).slice(0, 60));
    for (const failure of report.failures) {
      const [engine] = lanes;
      const isQuick = engine === undefined || failure.problem.class === stuck || process.env.SEXTANT_QUICK === '1';
      const smallest = isQuick ? failure : await shrink(failure, engine);
      throw new Error(`seed ${failure.seed}: ${told(smallest)}`);
    }
    expect(report.answered + report.later).toBeGreaterThan((report.refused - report.later) * 2);
  });
});
