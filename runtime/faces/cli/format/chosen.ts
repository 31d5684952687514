/** `--format github --format sarif=out.sarif`: several formats in one run, each on a stream or into a file. */
import { UsageError } from '../exit.ts';

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
    return { format, file: rest.length === 0 ? null : rest.join('=') };
  });
}
