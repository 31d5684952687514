/** `metrics query` and `metrics rows`: the answer from the warehouse, and the rows behind it. */
import {
  type Compiled,
  compile,
  type Diagnostic,
  type Dialect,
  type Model,
  planRows,
  type Query,
  type RowsQuery,
  write,
} from '../../../../compiler/index.ts';
import {
  type Answer,
  defaultTimeoutMs,
  dialectOf,
  EngineError,
  type Limits,
  openWarehouse,
  type Profile,
  parquetAnswer,
  profileOf,
  projectHash,
  runCompiled,
  type SoundProject,
} from '../../../index.ts';
import { type ExitCode, exitOf, UsageError } from '../exit.ts';
import { csvAnswer, jsonAnswer, tableAnswer } from '../format/answer.ts';
import { writeOutput } from '../format/chosen.ts';
import type { RunningOptions } from '../options.ts';
import { compileFor, nowOf, queryOf, sourcesOf, tell } from '../project.ts';
import { painter, type Terminal } from '../terminal.ts';

export async function query(
  metrics: readonly string[],
  options: RunningOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const question = queryOf(metrics, options);
  return answered(question, options, terminal, (model, dialect) =>
    compile(model, question, nowOf(options, model), dialect),
  );
}

export async function rows(metric: string, options: RunningOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.having !== undefined || options.complete !== undefined) {
    throw new UsageError('`rows` lists rows: `--having` and `--complete` are about groups');
  }
  const question: RowsQuery = { ...queryOf([metric], options), table: options.table };
  return answered(question, options, terminal, (model, dialect) => {
    return write(planRows(model, question, nowOf(options, model)), model, dialect);
  });
}

/** Compiles a question before the warehouse is opened, so that what is wrong with it is said without one. */
async function answered(
  question: Query,
  options: RunningOptions,
  terminal: Terminal,
  compileWith: (model: Model, dialect: Dialect) => Compiled,
): Promise<ExitCode> {
  if (options.format === 'parquet' && options.out === undefined && terminal.isOutTTY) {
    throw new UsageError(
      'a Parquet file is nothing for a terminal to show',
      'write it into a file: `> answer.parquet`, or `--out answer.parquet`',
    );
  }
  const asked = compileFor(question, options, terminal, project => compileForProfile(project, options, compileWith));
  if (typeof asked === 'number') return asked;
  const { project, compiled } = asked;
  const told = (diagnostics: readonly Diagnostic[]) => {
    tell(diagnostics, sourcesOf(project, question), options, terminal);
    return exitOf(diagnostics);
  };
  if (compiled.statement === null || compiled.profile === null) return told(compiled.diagnostics);
  try {
    const engine = await openWarehouse(compiled.profile);
    try {
      const timeoutMs = (options.timeout ?? defaultTimeoutMs / 1000) * 1000;
      const limits = { signal: terminal.signal, timeoutMs };
      const { answer, diagnostics } = await runCompiled(project.model, engine, compiled, projectHash(project), limits);
      const code = told(diagnostics);
      if (answer !== null) await give(answer, options, terminal, limits);
      return code;
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (error instanceof EngineError) return told([error.diagnostic]);
    throw error;
  }
}

/** Compiled to nothing. */
type Refused = Compiled & { readonly statement: null };

/** Compiled in the dialect of the profile; a profile that cannot be used is a finding like any other. */
export function compileForProfile<T extends Compiled>(
  project: SoundProject,
  options: RunningOptions,
  compileWith: (model: Model, dialect: Dialect) => T,
): (T | Refused) & { readonly profile: Profile | null } {
  try {
    const profile = profileOf(project.folder, project.declaration, options.profile ?? null);
    return { ...compileWith(project.model, dialectOf(profile)), profile };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { plan: null, statement: null, diagnostics: [error.diagnostic], profile: null };
  }
}

/** Onto the output or into the file that was named. */
async function give(answer: Answer, options: RunningOptions, terminal: Terminal, limits: Limits): Promise<void> {
  const content = await written(answer, options, terminal, limits);
  if (options.out !== undefined) writeOutput(options.out, content, terminal);
  else if (typeof content === 'string') terminal.out(content);
  else terminal.outBytes(content);
  if (answer.meta.truncated && (options.format === 'csv' || options.format === 'parquet'))
    terminal.err(`note: these are the first ${answer.rows.length} rows; more were left out\n`);
}

async function written(
  answer: Answer,
  options: RunningOptions,
  terminal: Terminal,
  limits: Limits,
): Promise<string | Uint8Array> {
  switch (options.format) {
    case 'json':
      return jsonAnswer(answer);
    case 'csv':
      return csvAnswer(answer);
    case 'parquet':
      return parquetAnswer(answer, limits);
    default:
      return tableAnswer(answer, painter(options.out === undefined ? options.color : 'never', 'out', terminal));
  }
}
