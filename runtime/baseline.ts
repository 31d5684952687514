/** Freezing: a metric as it stands in the warehouse in, a freeze at the end of the baseline's file out. */
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  type BaselineDeclaration,
  compile,
  type Diagnostic,
  type Freeze,
  type FrozenValue,
  formatDay,
  freezeQuestion,
  freezeText,
  type Now,
  withDigest,
} from '../compiler/index.ts';
import type { Answer, Value } from './answer.ts';
import type { Engine, ExecuteOptions } from './engine.ts';
import { freezeFile } from './frozen.ts';
import { digest, meaningHash } from './meaning.ts';
import type { SoundProject } from './project.ts';
import { projectHash, runCompiled } from './run.ts';

export interface FreezeOptions extends Partial<ExecuteOptions> {
  /** As of when the warehouse is asked. */
  readonly now: Now;
  /** The day on which it is frozen, `YYYY-MM-DD`. */
  readonly on: string;
}

export interface FreezeResult {
  /** Null where it was refused; then an error says why. */
  readonly freeze: Freeze | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Asks the warehouse for the values of a baseline; nothing is written. */
export async function freeze(
  project: SoundProject,
  engine: Engine,
  { name, metric, period, grain, by }: BaselineDeclaration,
  { now, on, ...limits }: FreezeOptions,
): Promise<FreezeResult> {
  const declared = {
    name: name.text,
    metric: metric?.text ?? '',
    period: period?.text ?? '',
    grain: grain?.text ?? null,
    by: by.map(each => each.text),
    rules: project.documents.flatMap(({ roles }) => roles.flatMap(({ sees }) => sees?.text ?? [])),
  };
  const question = freezeQuestion(project.model, declared);
  if (question === null) return { freeze: null, diagnostics: project.diagnostics };
  const { model, query, head } = question;
  const compiled = compile(model, query, now, engine.dialect);
  const { answer, diagnostics } = await runCompiled(model, engine, compiled, projectHash(project), limits);
  if (answer === null) return { freeze: null, diagnostics };
  const [from = '', to = ''] = (answer.meta.period ?? '').split('..');
  const columns = answer.columns.filter(({ kind }) => kind === 'dimension').slice(head.grain === null ? 0 : 1);
  return {
    freeze: {
      ...head,
      asOf: formatDay(now.day),
      frozenAt: on,
      meaning: meaningHash(project.model, head.metric),
      period: [from, to],
      by: columns.map(column => ({ name: column.name, type: column.type })),
      rows: rowsOf(answer),
    },
    diagnostics,
  };
}

function rowsOf({ rows }: Answer): Freeze['rows'] {
  return rows.map(row => row.map(text));
}

function text(value: Value): FrozenValue {
  return value === null ? null : String(value);
}

/** Adds a freeze behind those that the file has. */
export function appendFreeze(folder: string, made: Freeze): void {
  const file = path.join(folder, freezeFile(made.baseline));
  mkdirSync(path.dirname(file), { recursive: true });
  const lines = freezeText(made);
  appendFileSync(file, withDigest(lines, digest(lines)));
}
