/** Command lines that ask a question: for an answer, for its SQL, and for the rows behind a number. */
import {
  type CheckedTest,
  formatDay,
  type Now,
  type Query,
  type RowsQuery,
  whereText,
} from '../../../compiler/index.ts';

/** Null where the test asks nothing. `project` is the folder that was named with `--project`. */
export function compileCommand({ query, asOf }: CheckedTest, project: string | null): string | null {
  if (query === null) return null;
  const words = ['metrics', 'compile', ...query.metrics, ...flagsOf(query)];
  if (asOf !== null) words.push('--as-of', asOf);
  if (project !== null) words.push('--project', project);
  return words.map(quoted).join(' ');
}

/** The question of a test, as it would be asked of a warehouse. */
export function queryCommand({ query, asOf }: CheckedTest): string | null {
  if (query === null) return null;
  const day = asOf === null ? [] : ['--as-of', asOf];
  return ['metrics', 'query', ...query.metrics, ...flagsOf(query), ...day].map(quoted).join(' ');
}

/** The command that prints the SQL of a question. */
export function sqlCommand(query: Query, dialect: string, asOf: string | null): string {
  const day = asOf === null ? [] : ['--as-of', asOf];
  return ['metrics', 'compile', ...query.metrics, ...flagsOf(query), '--dialect', dialect, ...day]
    .map(quoted)
    .join(' ');
}

/** The rows behind a metric. */
export function rowsCommand(query: RowsQuery, now: Now, project: string | null): string {
  const table = query.table === undefined ? [] : ['--table', query.table];
  const words = ['metrics', 'rows', ...query.metrics, ...table, ...flagsOf(query), '--as-of', formatDay(now.day)];
  if (project !== null) words.push('--project', project);
  return words.map(quoted).join(' ');
}

function flagsOf(query: Query): readonly string[] {
  const list = (flag: string, items: readonly string[] | undefined) =>
    items === undefined || items.length === 0 ? [] : [flag, items.join(',')];
  const one = (flag: string, text: string | number | undefined) => (text === undefined ? [] : [flag, String(text)]);
  const user = Object.entries(query.user ?? {}).flatMap(([name, value]) => ['--user', `${name}=${value}`]);
  return [
    ...list('--by', query.by),
    ...one('--period', query.period),
    ...one('--where', whereText(query)),
    ...one('--having', query.having),
    ...list('--compare', query.compare),
    ...(query.like_for_like === true ? ['--like-for-like'] : []),
    ...list('--order', query.order),
    ...one('--limit', query.limit),
    ...list('--complete', query.complete),
    ...(query.sparse === true ? ['--sparse'] : []),
    ...one('--as', query.as),
    ...user,
  ];
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  if (/^[\w.,:/=@%+-]+$/.test(word)) return word;
  return /'/.test(word) && !/["$`\\!]/.test(word) ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
