/** `--watch`: something done with a project at once, and again after each change of a definition, until the user interrupts. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Project, readProject, watchFolder } from '../../index.ts';
import { type ExitCode, exit, UsageError } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** The exit code is that of the last time. */
export async function repeatedly(
  folder: string,
  terminal: Terminal,
  once: (project: Project) => Promise<ExitCode>,
): Promise<ExitCode> {
  let code: ExitCode = exit.fine;
  let last: Project | null = null;
  await watchFolder(folder, terminal.signal, async () => {
    if (!existsSync(folder)) throw new UsageError(`the folder ${path.relative(terminal.cwd, folder) || '.'} is gone`);
    const project = readProject(folder);
    const changed = last === null ? [] : changedFiles(last, project);
    if (last !== null && changed.length === 0) return;
    if (last !== null) terminal.err(`\nChanged: ${changed.join(', ')}\n`);
    last = project;
    try {
      const found = await once(project);
      if (!terminal.signal.aborted) code = found;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      terminal.err(`error: ${error.message}\n`);
      code = exit.usage;
    }
    if (!terminal.signal.aborted) terminal.err('Waiting for changes; Ctrl-C ends\n');
  });
  return code;
}

/** The files that are new, gone or other than before. */
function changedFiles(before: Project, after: Project): readonly string[] {
  const texts = (project: Project) => new Map(project.sources.map(source => [source.path, source.text] as const));
  const [old, now] = [texts(before), texts(after)];
  const names = new Set([...old.keys(), ...now.keys()]);
  const isMisread = before.diagnostics.length !== after.diagnostics.length;
  const changed = [...names].filter(name => old.get(name) !== now.get(name));
  return changed.length === 0 && isMisread ? ['the project'] : changed.sort();
}
