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
import type { Project, SoundProject } from './project.ts';

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
export async function run(
  project: SoundProject,
  engine: Engine,
  query: Query,
  options: RunOptions,
): Promise<RunResult> {
  const compiled = compile(project.model, query, options.now, engine.dialect);
  return runCompiled(project.model, engine, compiled, projectHash(project), options);
}

/** Runs what has been compiled already; `hash` names the definitions that it was compiled from. */
export async function runCompiled(
  model: Model,
  engine: Engine,
  { plan, statement, diagnostics }: Compiled,
  hash: string,
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
    const findings = [...diagnostics, ...(await engine.check(statement, model, limits))];
    if (hasErrors(findings)) return refused(findings);
    const began = performance.now();
    const raw = await engine.execute(statement, limits);
    const answer = decodeAnswer(plan, raw, hash, performance.now() - began);
    return { answer, statement, plan, diagnostics: findings };
  } catch (error) {
    if (error instanceof EngineError) return refused([...diagnostics, error.diagnostic]);
    throw error;
  }
}

const places: ReadonlySet<string> = new Set(['at', 'map', 'file']);

/** A hash of all definitions of a project as they are written; where they stand and how they are laid out does not matter. */
export function projectHash({ documents }: Project): string {
  const texts = documents.map(document =>
    JSON.stringify(document, (key, value: unknown) => (places.has(key) ? undefined : value)),
  );
  return createHash('sha256').update(texts.sort().join('\n')).digest('hex').slice(0, 16);
}
