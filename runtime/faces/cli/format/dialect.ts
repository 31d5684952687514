/** The dialect that a flag names. */
import { type Dialect, dialectNamed, dialectNames } from '../../../../compiler/index.ts';
import { UsageError } from '../exit.ts';

export function requireDialect(name: string): Dialect {
  const dialect = dialectNamed(name);
  if (dialect === null)
    throw new UsageError(
      `there is no dialect \`${name}\` in this version`,
      `the dialects are ${dialectNames.join(', ')}`,
    );
  return dialect;
}
