/** Run: a question to a project and its warehouse in, an `Answer` out. */
import { createHash } from 'node:crypto';
import {
  type Compiled,
  compile,
  type Diagnostic,
  hasErrors,
  type Model,
  type Now,
  type Plan,
  type Query,
  type Statement,
} from '../compiler/index.ts';
import { type Answer, decodeAnswer } from './answer.ts';
import { type Engine, EngineError, type ExecuteOptions } from './engine.ts';

export interface RunOptions extends Partial<ExecuteOptions> {
  readonly now: Now;
}

export interface RunResult {
  /** Null when the question was refused; then an error says why. */
  readonly answer: Answer | null;
  readonly statement: Statement | null;
  readonly plan: Plan | null;
  readonly diagnostics: readonly Diagnostic[];
}

export const defaultTimeoutMs = 300_000;
export const defaultMaxRows = 1_000_000;

/** Answers a question. Mistakes of the question and faults of the warehouse are diagnostics; only bugs throw. */
export async function run(model: Model, engine: Engine, query: Query, options: RunOptions): Promise<RunResult> {
  return runPlan(model, engine, compile(model, query, options.now, engine.dialect), options);
}

/** Runs what has been compiled already. */
export async function runPlan(
  model: Model,
  engine: Engine,
  { plan, statement, diagnostics }: Compiled,
  options: Partial<ExecuteOptions>,
): Promise<RunResult> {
  const refused = (findings: readonly Diagnostic[]): RunResult => ({
    answer: null,
    statement,
    plan,
    diagnostics: findings,
  });
  if (plan === null || statement === null) return refused(diagnostics);
  const limits = {
    signal: options.signal,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    maxRows: options.maxRows ?? defaultMaxRows,
  };
  try {
    const findings = [...diagnostics, ...(await engine.check(statement, model))];
    if (hasErrors(findings)) return refused(findings);
    const began = performance.now();
    const raw = await engine.execute(statement, limits);
    const answer = decodeAnswer(plan, raw, modelHash(model), performance.now() - began);
    return { answer, statement, plan, diagnostics: findings };
  } catch (error) {
    if (error instanceof EngineError) return refused([...diagnostics, error.diagnostic]);
    throw error;
  }
}

const hashes = new WeakMap<Model, string>();

/** A hash of what the model means; where its definitions stand in their files does not matter. */
export function modelHash(model: Model): string {
  const known = hashes.get(model);
  if (known !== undefined) return known;
  const text = JSON.stringify(model, (key, value: unknown) => (key === 'at' ? undefined : value));
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  hashes.set(model, hash);
  return hash;
}
