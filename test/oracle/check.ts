/** One question to the oracle and to an engine: both agree, both refuse, or here is what is wrong. */

import {
  bindQuery,
  type Diagnostic,
  type Dialect,
  hasErrors,
  type Model,
  own,
  plan,
  type Query,
  readDocument,
  render,
  resolve,
  type Strategy,
} from '../../compiler/index.ts';
import { neverMissing } from '../../compiler/missing.ts';
import { type Answer, decodeAnswer } from '../../runtime/answer.ts';
import { EngineError } from '../../runtime/engine.ts';
import { answer, type OracleAnswer } from './answer.ts';
import { MissingRate } from './before.ts';
import { difference } from './compare.ts';
import type { GeneratedWorld } from './generate/world.ts';
import type { Data } from './rows.ts';
import type { Worlds } from './warehouse.ts';

export interface Engine {
  readonly warehouse: Worlds;
  readonly dialect: Dialect;
}

export interface Question {
  readonly world: GeneratedWorld;
  readonly query: Query;
}

export type Outcome =
  | { readonly kind: 'agreed' }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Pick<Diagnostic, 'code' | 'message'>[] }
  | Problem;

export interface Problem {
  readonly kind: 'problem';
  /** The same for problems that are likely one. */
  readonly class: string;
  readonly text: string;
  readonly sql: string;
}

/** The class of questions that an engine does not come back from. Their connection is of no more use. */
export const stuck = 'stuck';
const deadline = 60_000;

export const now = { day: 19_813, hour: 23 };

/** What a question may be refused with: what is not built, and what no answer would be right for. */
export const notBuilt = 'M1017';
export const refusals = [
  ...[notBuilt, 'M3015', 'M4010', 'M5003', 'M5012', 'M5013', 'M5014', 'M5015', 'M5017'],
  ...['M4001', 'M6001', 'M6002', 'M6008'],
];

export function modelOf({ definitions }: GeneratedWorld): ReturnType<typeof resolve> {
  const read = readDocument({ path: 'metrics.yaml', text: JSON.stringify(definitions) }, 'project');
  if (read.document === null || hasErrors(read.diagnostics)) throw new Error(JSON.stringify(read.diagnostics));
  return resolve([read.document]);
}

/** The warehouse must have been filled with the world; `data` are its rows. */
export async function check(model: Model, { query, world }: Question, data: Data, engine: Engine): Promise<Outcome> {
  const asOf = { ...now, day: world.today ?? now.day };
  const planned = (['optimised', 'plain'] as const satisfies readonly Strategy[]).map(strategy => ({
    strategy,
    ...plan(model, query, asOf, strategy),
  }));
  for (const { plan: made, diagnostics } of planned) {
    if (made !== null) continue;
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    // A dimension that is refused is not there to be ordered by or completed.
    const isOfTargets = errors.some(({ code }) => code === 'M6001');
    if (errors.length > 0 && (isOfTargets || errors.every(({ code }) => refusals.includes(code))))
      return { kind: 'refused', diagnostics: errors };
    const reasons = errors.map(({ code, message }) => `${code} ${message}`).join(', ');
    return { kind: 'problem', class: `refused ${reasons}`, text: `refused: ${JSON.stringify(errors)}`, sql: '' };
  }
  const bound = bindQuery(model, query, asOf);
  const meant = bound.query;
  if (meant === null) throw new Error('planned, and not bound');
  const expected = attempt(() => answer(meant, { model, data }));
  if (expected !== noRate && 'kind' in expected) return expected;
  const asked = new Set<string>();
  for (const { strategy, plan: made } of planned) {
    if (made === null) continue;
    const { sql, parameters, ...rest } = render(made, engine.dialect);
    const text = JSON.stringify([sql, parameters]);
    if (asked.has(text)) continue;
    asked.add(text);
    const shown = `${sql}\n${JSON.stringify(parameters)}`;
    const raw = await within(deadline, engine.warehouse.ask({ sql, parameters, ...rest }).catch(errorOf));
    const problem = (name: string, text: string) =>
      ({ kind: 'problem', class: name, text: `${strategy}: ${text}`, sql: shown }) as const;
    if (raw === null) return problem(stuck, 'no answer in time');
    if ('error' in raw) {
      if (raw.code !== noRate) return problem('engine', raw.error);
      // An engine may stumble over what an answer does not need, as long as a measure covers it.
      if (expected !== noRate && attempt(() => answer(meant, { model, data }, 'all')) !== noRate)
        return problem('a rate is missed', raw.error);
    } else if (expected === noRate) {
      // A server that is asked for no rows may compute none.
      if (query.limit !== 0) return problem('no rate is missed', 'rows where a rate is missing');
    } else {
      const decoded = decodeAnswer(made, raw, '', 0);
      const found = difference(expected, decoded);
      if (found !== null) return problem(`differs ${strategy}`, found);
      const missing = wronglyMissing(decoded, model);
      if (missing !== null) return problem('missing', missing);
    }
  }
  return { kind: 'agreed' };
}

/** A column that is never missing, as the typed client has it, and is. */
function wronglyMissing({ columns, rows }: Answer, model: Model): string | null {
  for (const [index, { name, kind }] of columns.entries()) {
    const metric = kind === 'metric' ? own(model.metrics, name.split('.')[0] ?? '') : undefined;
    if (metric !== undefined && neverMissing(metric, model) && rows.some(row => row[index] === null))
      return `${name} is missing: ${metric.formula}`;
  }
  return null;
}

/** Null when it takes longer. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>(resolve => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  const first = await Promise.race([work, late]);
  clearTimeout(timer);
  return first;
}

function errorOf(error: unknown): { readonly code: string; readonly error: string } {
  return { code: error instanceof EngineError ? error.diagnostic.code : '', error: String(error) };
}

/** What is answered where a rate is missing. */
export const noRate = 'M9019';

function attempt(make: () => OracleAnswer): OracleAnswer | Problem | typeof noRate {
  try {
    return make();
  } catch (error) {
    if (error instanceof MissingRate) return noRate;
    const text = `the oracle has no answer: ${error}`;
    return { kind: 'problem', class: text, text, sql: '' };
  }
}
