/** `--format github --format sarif=out.sarif`: several formats in one run, each on a stream or into a file. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../../../index.ts';
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
    replaceFile(full, content);
  } catch {
    const help = existsSync(path.dirname(full))
      ? 'is it a folder, or not to be written to?'
      : 'there is no such folder';
    throw new UsageError(`${file} cannot be written`, help);
  }
}
