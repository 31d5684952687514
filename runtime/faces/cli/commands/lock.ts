/** `metrics lock`: what metrics mean, written into `metrics.lock.yaml`; with `--check`, the project held against it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, hasErrors, lockFile } from '../../../../compiler/index.ts';
import { checkLock, writeLock } from '../../../index.ts';
import { type ExitCode, exit, UsageError } from '../exit.ts';
import { counted } from '../format/pretty.ts';
import type { LockOptions } from '../options.ts';
import { projectFolder, tell, wholeProject } from '../project.ts';
import type { Terminal } from '../terminal.ts';

export async function lock(options: LockOptions, terminal: Terminal): Promise<ExitCode> {
  const project = wholeProject(projectFolder(options, terminal), options, terminal);
  if (typeof project === 'number') return project;
  const isThere = existsSync(path.join(project.folder, lockFile));
  const { sources, diagnostics } = checkLock(project);
  const told = (findings: readonly Diagnostic[]): ExitCode => {
    tell(findings, [...project.sources, ...sources], options, terminal);
    terminal.err(`${counted(findings)}\n`);
    return exit.findings;
  };
  if (options.check === true) {
    if (!isThere) throw new UsageError(`there is no ${lockFile}`, 'write it with `metrics lock`, and commit it');
    if (diagnostics.length > 0) return told(diagnostics);
    terminal.out('The lock is up to date\n');
    return exit.fine;
  }
  if (hasErrors(diagnostics)) return told(diagnostics.filter(({ severity }) => severity === 'error'));
  const { locked, isChanged } = writeLock(project);
  terminal.out(`${isChanged ? 'Written' : 'Unchanged'}: ${lockFile}, ${locked} definition${locked === 1 ? '' : 's'}\n`);
  return exit.fine;
}
