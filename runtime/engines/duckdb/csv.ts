/** CSV files as texts: the names in the header, what stands between fields, and the line on which a record begins. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface CsvHeader {
  readonly names: readonly string[];
  readonly delimiter: string;
}

/** The names in the first line that is not blank; null where the file has none. */
export async function readHeader(full: string, delimiter: string | null): Promise<CsvHeader | null> {
  const lines = createInterface({ input: createReadStream(full, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let header = '';
  for await (const line of lines) {
    header += header === '' ? line.replace(/^\ufeff/, '') : `\n${line}`;
    if (header !== '' && (header.split('"').length - 1) % 2 === 0) break;
  }
  lines.close();
  if (header === '') return null;
  const found = delimiter ?? guessDelimiter(header);
  return { names: splitRecord(header, found), delimiter: found };
}

function guessDelimiter(header: string): string {
  const plain = header.replace(/"(?:[^"]|"")*"/g, '');
  const counts = [',', ';', '\t', '|'].map(candidate => ({ candidate, count: plain.split(candidate).length - 1 }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).candidate;
}

function splitRecord(record: string, delimiter: string): readonly string[] {
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < record.length; at += 1) {
    const character = record[at] ?? '';
    if (character === '"' && isQuoted && record[at + 1] === '"') {
      field += '"';
      at += 1;
    } else if (character === '"') {
      isQuoted = !isQuoted;
    } else if (character === delimiter && !isQuoted) {
      fields.push(field);
      field = '';
    } else {
      field += character;
    }
  }
  return [...fields, field].map(each => each.trim());
}

/** Blank lines are no rows, but DuckDB counts them where it names a line. */
export type BlankLines = 'counted' | 'skipped';

/** The line on which a record begins; records may hold line breaks in quotes. The header is record 0. */
export async function lineOfRecord(
  full: string,
  delimiter: string,
  record: number,
  blankLines: BlankLines,
): Promise<number> {
  const lines = createInterface({ input: createReadStream(full, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  let records = -1;
  let isOpen = false;
  for await (const text of lines) {
    line += 1;
    if (!isOpen && (text !== '' || blankLines === 'counted')) records += 1;
    if (records === record) break;
    if (text.includes('"')) isOpen = endsInQuotes(text, delimiter, isOpen ? 'quoted' : 'plain');
  }
  lines.close();
  return line;
}

/** Whether a line ends inside quotes. They open a field only at its beginning; elsewhere a quote is text. */
function endsInQuotes(line: string, delimiter: string, begins: 'quoted' | 'plain'): boolean {
  let isQuoted = begins === 'quoted';
  let isStart = !isQuoted;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (isQuoted) {
      if (character !== '"') continue;
      if (line[at + 1] === '"') at += 1;
      else isQuoted = false;
    } else if (character === delimiter) {
      isStart = true;
    } else if (isStart && character === '"') {
      isQuoted = true;
      isStart = false;
    } else if (character !== ' ') {
      isStart = false;
    }
  }
  return isQuoted;
}
