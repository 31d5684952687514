/**
 * What the warehouse says, as a role may be told it: the code, and the table and column where the role knows them. Words of an
 * engine, values, keys and SQL may come from rows that the role does not see, and lines of the definitions name what it hides.
 */
import {
  busy,
  cancelled,
  catalogue,
  changedMeanwhile,
  type Diagnostic,
  deadlinePassed,
  type Hidden,
  infiniteResult,
  mentions,
  outOfMemory,
} from '../compiler/index.ts';

/** Of these, the sentence has nothing but what was asked in it. */
const told: ReadonlySet<string> = new Set(
  [deadlinePassed, cancelled, busy, outOfMemory, infiniteResult, changedMeanwhile].map(({ code }) => code),
);

export function redacted(diagnostic: Diagnostic, hidden: Hidden): Diagnostic {
  const { code, severity } = diagnostic;
  const bare = { code, severity, span: null, path: null, related: [], fixes: [] };
  if (told.has(code)) return { ...bare, message: diagnostic.message, help: diagnostic.help };
  const title = catalogue.find(entry => entry.code === code)?.title ?? 'a fault of the warehouse';
  return {
    ...bare,
    message: `${title}${placeOf(diagnostic.path, hidden)}`,
    help: 'who asks without a role is told more',
  };
}

/** `tables.deals.columns.amount` in words, as far as it is known. */
function placeOf(path: string | null, hidden: Hidden): string {
  const [, table = '', column = ''] = /^tables\.(\w+)(?:\.columns\.(\w+))?/.exec(path ?? '') ?? [];
  if (table === '' || mentions(table, hidden)) return '';
  return column === '' || mentions(`${table}.${column}`, hidden) ? `, in \`${table}\`` : `, in \`${table}.${column}\``;
}
