/** `--format github --format sarif=out.sarif`: several formats in one run, each on a stream or into a file. */
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { UsageError } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

export interface Chosen<F> {
  readonly format: F;
  readonly file: string | null;
}

export function chooseFormats<F extends string>(asked: readonly string[], formats: readonly F[]): readonly Chosen<F>[] {
  return asked.map(text => {
    const [name = '', ...rest] = text.split('=');
    const format = formats.find(candidate => candidate === name);
    if (format === undefined)
      throw new UsageError(`there is no format \`${name}\``, `the formats are ${formats.join(', ')}`);
    const file = rest.join('=');
    if (rest.length > 0 && file === '')
      throw new UsageError(`\`${text}\` names no file`, `write \`${name}=findings.${name}\``);
    return { format, file: rest.length === 0 ? null : file };
  });
}

/** Writes what was asked into a file: all of it, or the file stays as it was. */
export function writeOutput(file: string, content: string | Uint8Array, terminal: Terminal): void {
  const full = path.resolve(terminal.cwd, file);
  try {
    replace(full, content);
  } catch {
    const help = existsSync(path.dirname(full))
      ? 'is it a folder, or not to be written to?'
      : 'there is no such folder';
    throw new UsageError(`${file} cannot be written`, help);
  }
}

/** Written beside its place and moved there. A pipe or a device cannot be moved to, and a folder is refused by the system. */
function replace(full: string, content: string | Uint8Array): void {
  const found = statSync(full, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) {
    writeFileSync(full, content);
    return;
  }
  const target = found === undefined ? full : realpathSync(full);
  if (found !== undefined) accessSync(target, constants.W_OK);
  const unfinished = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}`);
  try {
    writeFileSync(unfinished, content);
    if (found !== undefined) chmodSync(unfinished, found.mode);
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
