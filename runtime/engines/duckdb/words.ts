/** What DuckDB says, in words for people: without the kind of error, its advice on settings, and paths of this machine. */

import { didYouMean, nearest } from '../../../compiler/index.ts';

/** The first line of an error, which says what is wrong; the rest repeats the SQL and advises. */
export function firstLine(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return first;
}

/** A file as this machine knows it, and as the project names it. */
export interface NamedFile {
  readonly full: string;
  readonly shown: string;
}

/** The first line without `Conversion Error:` before it and without advice behind it. */
export function plainWords(error: unknown, file?: NamedFile): string {
  const words = firstLine(error)
    .replace(/^[A-Z][\w -]* Error: /, '')
    .replace(/ (?:You might want to|You can|Try|Consider|See also|Candidates?:|Did you mean) .*$/, '')
    .replace(/[\s.;!]+$/, '');
  return file === undefined ? words : words.replaceAll(file.full, file.shown);
}

/** What is wrong with a CSV file beyond the number of fields in a line. */
export function csvWords(error: unknown, file: NamedFile): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/unicode|utf-8/i.test(message)) return notUtf8;
  if (/unterminated quote/i.test(message)) return 'a quote is opened and not closed, or text follows a closing quote';
  if (/maximum line size/i.test(message)) return 'a record is longer than 2 MB; as a rule a quote is not closed';
  if (/state machine/i.test(message)) return 'some lines end as in Windows and others as in Unix';
  return plainWords(error, file);
}

export const notUtf8 = 'it is not UTF-8 text';

/** What is wrong with a JSON file, and in which record. Of text that is no JSON, DuckDB names the record behind it. */
export function jsonWords(error: unknown, file: NamedFile): string {
  const words = plainWords(error, file);
  const broken = /^Malformed JSON in file ".*?", at byte \d+ in (line|record)\S* (\d+): (.*)$/.exec(words);
  if (broken !== null) return `${broken[1]} ${Number(broken[2]) - 1}: ${broken[3]}`;
  const [, record, reason = ''] = /^JSON transform error in file ".*?", in record\S* (\d+): (.*)$/.exec(words) ?? [];
  if (record === undefined) return words;
  const repeated = /has duplicate key "(.*)"/.exec(reason)?.[1];
  return `record ${record}: ${repeated === undefined ? reason : `the key \`${repeated}\` stands twice`}`;
}

export function parquetWords(error: unknown, file: NamedFile): string {
  return /magic bytes|too small to be a Parquet/i.test(firstLine(error))
    ? 'it is no Parquet file'
    : plainWords(error, file);
}

/** Why the file of a warehouse cannot be opened, and what to do about it. `shown` is a phrase. */
export function attachWords(error: unknown, { full, shown }: NamedFile): { detail: string; help?: string } {
  const first = firstLine(error);
  if (/lock/i.test(first))
    return {
      detail: `another program has ${shown} open for writing`,
      help: 'close it there: DuckDB lets one program write, or many read',
    };
  if (/is a directory/i.test(first)) return { detail: `${shown} is a folder, not a file` };
  if (/not a valid DuckDB database/i.test(first)) return { detail: `${shown} is not a DuckDB database` };
  return { detail: plainWords(error).replaceAll(`"${full}"`, shown).replaceAll(full, shown) };
}

/** The two numbers whose sum or product is too large, where they are named. */
export function overflowWords(error: unknown): string {
  const words = plainWords(error);
  return /(-?[\d.]+ [-+*/] -?[\d.]+)\)?$/.exec(words)?.[1] ?? words;
}

/** Why a SELECT of the author's is refused; it stands one line below the beginning of the query around it. */
export function refusalWords(error: unknown, select: string) {
  const message = error instanceof Error ? error.message : String(error);
  const line = Number(/^LINE (\d+):/m.exec(message)?.[1] ?? '0') - 1;
  /** DuckDB offers something for every name, however far. */
  const wanted = / name (\S+) does not exist/.exec(message)?.[1] ?? '';
  const near = nearest(wanted, /^Did you mean "(.*)"\?/m.exec(message)?.slice(1) ?? []);
  return {
    line: line >= 1 && select.includes('\n') ? line : null,
    detail: plainWords(error),
    help: didYouMean(near),
  };
}
