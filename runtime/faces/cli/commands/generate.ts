/** `metrics generate`: the typed client as files, written where they are not as the definitions are. */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { generateClient } from '../../../../compiler/index.ts';
import { meaningHash, projectHash } from '../../../index.ts';
import { type ExitCode, exit, UsageError } from '../exit.ts';
import { writeOutput } from '../format/chosen.ts';
import { changedLines } from '../format/lines.ts';
import type { GenerateOptions } from '../options.ts';
import { projectFolder, requireRole, wholeProject } from '../project.ts';
import type { Terminal } from '../terminal.ts';

export async function generate(options: GenerateOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = projectFolder(options, terminal);
  const project = wholeProject(folder, options, terminal);
  if (typeof project === 'number') return project;
  const { model } = project;
  const role = options.as === undefined ? null : requireRole(options.as, model);
  const base = baseOf(options, folder, terminal);
  const files = await generateClient(model, {
    name: path.basename(base),
    hash: projectHash(project),
    role,
    meaningHash: name => meaningHash(model, name),
  });
  const stale = files.flatMap(({ suffix, text }) => {
    const file = base + suffix;
    const found = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : null;
    return found === text ? [] : [{ file, found, text }];
  });
  const shown = (file: string) => path.relative(terminal.cwd, file) || file;
  if (stale.length === 0) {
    terminal.out(`${shown(`${base}.d.ts`)} is up to date\n`);
    return exit.fine;
  }
  if (options.check === true) {
    for (const { file, found, text } of stale)
      terminal.out(
        found === null ? `${shown(file)} is not there\n` : `${shown(file)} is stale\n${changedLines(found, text)}`,
      );
    terminal.err('Generate it again: metrics generate\n');
    return exit.findings;
  }
  mkdirSync(path.dirname(base), { recursive: true });
  for (const { file, text } of stale) writeOutput(file, text, terminal);
  terminal.out(`Wrote ${stale.map(({ file }) => shown(file)).join(', ')}\n`);
  return exit.fine;
}

/** The files' path without what comes behind their name. */
function baseOf({ out, as: role }: GenerateOptions, folder: string, terminal: Terminal): string {
  if (out === undefined) return path.join(folder, role === undefined ? 'metrics.gen' : `metrics.${role}.gen`);
  const full = path.resolve(terminal.cwd, out);
  if (out.trim() === '' || /[/\\]$/.test(out) || statSync(full, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UsageError(`${out.trim() === '' ? '`--out`' : out} is no file`, 'name one: `--out web/metrics.gen.d.ts`');
  return full.replace(/(\.d)?\.[mc]?[jt]s$/, '');
}
