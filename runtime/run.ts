/** Run: a question to a project and its warehouse in, an `Answer` out. */
import { createHash } from 'node:crypto';
import {
  type Compiled,
  compile,
  type Diagnostic,
  engineFailed,
  hasErrors,
  type Model,
  type Now,
  own,
  type Plan,
  type Query,
  type Statement,
} from '../compiler/index.ts';
import { type Answer, decodeAnswer } from './answer.ts';
import { type Engine, EngineError, type ExecuteOptions } from './engine.ts';
import type { Project, SoundProject } from './project.ts';
import { redacted } from './redacted.ts';

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
  if (plan === null || statement === null) return refused(foundInCompiling({ plan, diagnostics }, model));
  const told = asToldTo(plan.reader, model);
  const limits = {
    signal: options.signal,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    maxRows: options.maxRows ?? defaultMaxRows,
    maxBytes: options.maxBytes,
  };
  try {
    const findings = [...diagnostics, ...(await engine.check(statement, model, limits)).map(told)];
    if (hasErrors(findings)) return refused(findings);
    const began = performance.now();
    const raw = await engine.execute(statement, limits);
    const answer = decodeAnswer(plan, raw, hash, raw.milliseconds ?? performance.now() - began);
    return { answer, statement, plan, diagnostics: findings };
  } catch (error) {
    if (error instanceof EngineError)
      return refused([...diagnostics, told(withSources(error.diagnostic, statement, model))]);
    throw error;
  }
}

/** What the dialect lacks names functions, files and lines of the definitions. */
export function foundInCompiling(
  { plan, diagnostics }: Omit<Compiled, 'statement'>,
  model: Model,
): readonly Diagnostic[] {
  if (plan === null) return diagnostics;
  const told = asToldTo(plan.reader, model);
  return diagnostics.map(each => (each.code.startsWith('M9') ? told(each) : each));
}

/** What is found in the warehouse, in the words that whoever asks may read; `reader` is the role. */
export function asToldTo(reader: string | null, { roles }: Model): (finding: Diagnostic) => Diagnostic {
  if (reader === null) return finding => finding;
  const role = own(roles, reader);
  if (role === undefined) throw new Error(`the plan is for ${reader}, which is no role`);
  return finding => redacted(finding, role.hides);
}

/** What the warehouse refuses while it reads rows is, as a rule, in a SELECT that the author wrote. */
export function withSources(diagnostic: Diagnostic, statement: Statement, model: Model): Diagnostic {
  if (diagnostic.code !== engineFailed.code) return diagnostic;
  const related = statement.reads.flatMap(({ table: name }) => {
    const table = own(model.tables, name);
    if (table?.source.kind !== 'sql') return [];
    return [{ message: `the query reads the \`sql:\` of \`${name}\``, span: table.at }];
  });
  return { ...diagnostic, related };
}

/** Where things stand, and what is said of comparisons alone. */
const places: ReadonlySet<string> = new Set(['at', 'map', 'file', 'tolerances']);

/**
 * A hash of all definitions of a project as they are written; where they stand and how they are laid out does not matter,
 * and neither do its tests and rules, nor who may ask a server: they say nothing about what an answer means.
 */
export function projectHash(project: Project): string {
  const known = hashes.get(project);
  if (known !== undefined) return known;
  const hash = hashOf(project);
  hashes.set(project, hash);
  return hash;
}

/** A project does not change once it is read, so its hash is made once. */
const hashes = new WeakMap<Project, string>();

function hashOf({ documents }: Project): string {
  const texts = documents.map(({ tests: _, project, ...definitions }) =>
    JSON.stringify(
      { ...definitions, project: project === null ? null : { ...project, rules: undefined, serve: undefined } },
      (key, value: unknown) => (places.has(key) ? undefined : value),
    ),
  );
  return createHash('sha256').update(texts.sort().join('\n')).digest('hex').slice(0, 16);
}
