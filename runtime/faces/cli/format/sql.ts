/** SQL for people, and the dialect that it is written in. */
import { type Dialect, dialectNamed, dialectNames, type Statement } from '../../../../compiler/index.ts';
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

/** The SQL, and below it the values that travel beside it. */
export function sqlText(statement: Statement): string {
  const parameters = statement.parameters.map(({ type, value }, index) => {
    const text = type === 'string' ? `'${String(value).replaceAll("'", "''")}'` : String(value);
    return `-- $${index + 1} = ${text.replace(/[\r\n]+/g, ' ')}\n`;
  });
  return `${statement.sql}\n${parameters.join('')}`;
}
