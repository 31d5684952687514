/** SQL for people. */
import type { Statement } from '../../../compiler/index.ts';

/** The SQL, and below it the values that travel beside it. */
export function sqlText(statement: Statement): string {
  const parameters = statement.parameters.map(({ type, value }, index) => {
    const text = type === 'string' ? `'${String(value).replaceAll("'", "''")}'` : String(value);
    return `-- $${index + 1} = ${text.replace(/[\r\n]+/g, ' ')}\n`;
  });
  return `${statement.sql}\n${parameters.join('')}`;
}
