/** `metrics baseline freeze`: the values of a baseline, asked of the warehouse and added to its file. */
import { didYouMean, formatDay, nearest } from '../../../../compiler/index.ts';
import {
  appendFreeze,
  defaultTimeoutMs,
  EngineError,
  freeze,
  freezeFile,
  isSound,
  isSoundlyRead,
  nowIn,
  openWarehouse,
  type Project,
  profileOf,
  projectFor,
  readProject,
} from '../../../index.ts';
import { type ExitCode, exit, exitOf, UsageError } from '../exit.ts';
import type { FreezeOptions } from '../options.ts';
import { nowOf, projectFolder, tell } from '../project.ts';
import type { Terminal } from '../terminal.ts';

export async function freezeBaseline(name: string, options: FreezeOptions, terminal: Terminal): Promise<ExitCode> {
  // Nothing else of the project has to be right: metrics may stand on what is to be frozen now.
  const read = readProject(projectFolder(options, terminal), []);
  if (!isSoundlyRead(read)) return refused(read, options, terminal);
  const declared = read.documents.flatMap(document => document.baselines);
  const declaration = declared.find(each => each.name.text === name);
  if (declaration === undefined) {
    const names = declared.map(each => each.name.text);
    throw new UsageError(`there is no baseline \`${name}\``, didYouMean(nearest(name, names)) ?? null);
  }
  const project = projectFor(read, [declaration.metric?.text ?? '']);
  if (!isSound(project)) return refused(project, options, terminal);
  const { timeZone } = project.model.settings;
  const on = formatDay(nowIn(timeZone).day);
  const timeoutMs = (options.timeout ?? defaultTimeoutMs / 1000) * 1000;
  try {
    const engine = await openWarehouse(profileOf(project.folder, project.declaration, options.profile ?? null));
    try {
      const asked = { now: nowOf(options, project.model), on, signal: terminal.signal, timeoutMs };
      const { freeze: made, diagnostics } = await freeze(project, engine, declaration, asked);
      tell(diagnostics, project.sources, options, terminal);
      if (made === null) return exitOf(diagnostics);
      appendFreeze(project.folder, made);
      const groups = made.rows.length === 1 ? '1 row' : `${made.rows.length} rows`;
      const [from, to] = made.period;
      terminal.out(
        `Froze ${name}: ${made.metric} over ${from}..${to}, as of ${made.asOf}, ${groups}, in ${freezeFile(name)}\n`,
      );
      return exit.fine;
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    tell([error.diagnostic], project.sources, options, terminal);
    return exitOf([error.diagnostic]);
  }
}

function refused({ diagnostics, sources }: Project, options: FreezeOptions, terminal: Terminal): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  tell(errors, sources, options, terminal);
  return exitOf(errors);
}
