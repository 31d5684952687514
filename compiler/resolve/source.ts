/** Where a table's rows live: `from: schema.table`, a file, or a SELECT. */
import { nearest, outsideFolder, type Report, tableSource, unsafeSource } from '../diagnostics/index.ts';
import { type CsvOptions, spanOf, type TableDeclaration } from '../document/index.ts';
import type { TableSource } from '../model.ts';
import type { Span } from '../source.ts';

const plainCsv: CsvOptions = { delimiter: null, dateFormat: null, nulls: [], dropExtraFields: false };
const formats = ['csv', 'parquet', 'json'] as const;
/** Files that people have and that no engine reads here; as tables they would be taken for `schema.table`. */
const otherFile = /\.(xlsx|xls|ods|tsv|txt|gz|zip|jsonl|ndjson|avro|orc|xml|db|sqlite|duckdb)$/i;

export interface FilesOfTables {
  /** The files that several tables read, each in its own way. */
  readonly shared: ReadonlySet<string>;
  /** The folder that they are read from, in words. */
  readonly folder: string;
}

export function readTableName(
  table: TableDeclaration,
  { shared, folder }: FilesOfTables,
  report: Report,
): { readonly source: TableSource; readonly at: Span } {
  const { from, sql, name } = table;
  const at = spanOf(table.file, (from ?? sql ?? name).at);
  const nowhere = { source: { kind: 'relation', path: [name.text] } as const, at };
  if (from !== null && sql !== null) {
    report(tableSource(at, { table: name.text, detail: 'has both `from:` and `sql:`' }));
    return nowhere;
  }
  if (sql !== null) {
    const problem = unsafeSelect(sql.text);
    if (problem !== null) report(unsafeSource(at, { detail: problem }));
    return { source: { kind: 'sql', text: sql.text.trim() }, at };
  }
  if (from === null) {
    report(tableSource(at, { table: name.text, detail: 'has no source' }));
    return nowhere;
  }
  const text = from.text.trim();
  const format = formats.find(candidate => text.toLowerCase().endsWith(`.${candidate}`));
  if (format !== undefined) {
    if (leavesFolder(text)) report(outsideFolder(at, { path: text, folder }));
    const relation = shared.has(from.text) ? `${text} (${name.text})` : text;
    return { source: { kind: 'file', path: text, relation, format, csv: table.csv ?? plainCsv }, at };
  }
  const path = relationPath(text);
  const extension = otherFile.exec(text)?.[1];
  if (extension !== undefined) {
    const detail = `has the source \`${text}\`, and .${extension} files are not read (.csv, .parquet and .json files are)`;
    report(tableSource(at, { table: name.text, detail }));
    return nowhere;
  }
  if (path === null) {
    const hint = nearest(text.split('.').at(-1) ?? '', formats);
    const detail = `has the source \`${text}\`, which is no name of a table${hint === null ? '' : ` (a .${hint} file?)`}`;
    report(tableSource(at, { table: name.text, detail }));
    return nowhere;
  }
  return { source: { kind: 'relation', path }, at };
}

/** Absolute paths, drives, parents and URLs lead outside whatever folder it is. */
function leavesFolder(path: string): boolean {
  return (
    /^([/\\~]|[A-Za-z]:|[a-z][a-z0-9+.-]*:)/.test(path) || path.split(/[/\\]/).includes('..') || path.includes('\0')
  );
}

/** `crm.opportunities`, `"My Schema"."My Table"`: one to three names. */
function relationPath(text: string): readonly string[] | null {
  const part = /(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$-]*))(?:\.(?=.)|$)/uy;
  const path: string[] = [];
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (match === null) return null;
    path.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  }
  return path.length >= 1 && path.length <= 3 ? path : null;
}

/** What keeps a text from standing in brackets as one SELECT, or null when nothing does. */
function unsafeSelect(text: string): string | null {
  let depth = 0;
  let rest = text.trim();
  if (!/^(select|with|from|values)\b/i.test(rest)) return 'the source does not begin with SELECT or WITH';
  const piece = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|[();'"]|\/\*|\$\w*\$/g;
  rest = rest.replace(piece, found => {
    if (found === '(') depth += 1;
    if (found === ')') depth = depth <= 0 ? Number.NEGATIVE_INFINITY : depth - 1;
    return found.length === 1 || found === '/*' || found.startsWith('$') ? found : '';
  });
  if (depth !== 0) return 'the brackets of the source do not match';
  if (/[;]/.test(rest)) return 'the source holds a semicolon';
  if (/['"]|\/\*/.test(rest)) return 'the source holds a text or a comment without its end';
  if (/\$\w*\$/.test(rest)) return 'the source holds a dollar-quoted text';
  if (/--[^\n]*$/.test(text.trim())) return 'the source ends in a comment';
  return null;
}
