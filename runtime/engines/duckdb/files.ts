/**
 * CSV, JSON and Parquet files as tables of DuckDB. Every value is read as text and converted to the declared type here,
 * so that nothing is guessed: what does not fit its type is a finding with file, line and column, and never a null.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { DuckDBConnection, Json } from '@duckdb/node-api';
import {
  badFile,
  badValue,
  type Column,
  type Diagnostic,
  didYouMean,
  missingColumn,
  nearest,
  outOfMemory,
  outsideFolder,
  raggedFile,
  type Table,
  type TableSource,
} from '../../../compiler/index.ts';
import { isInside } from '../../project.ts';
import { checkRelation } from '../schema.ts';
import { engineError } from './connection.ts';
import { type Conversion, conversion } from './conversions.ts';
import { type BlankLines, lineOfRecord, readHeader } from './csv.ts';
import { name, text } from './quoted.ts';
import { describeRelation, logicalType } from './types.ts';
import { csvWords, jsonWords, type NamedFile, notUtf8, parquetWords } from './words.ts';

type FileSource = Extract<TableSource, { kind: 'file' }>;

/** The one folder that files are read from: as this machine knows it, and in words for findings. */
export interface Folder {
  readonly full: string;
  readonly shown: string;
}

/** One file on its way to a table. */
interface Reading {
  readonly connection: DuckDBConnection;
  readonly table: Table;
  readonly source: FileSource;
  readonly file: NamedFile;
}

/** Loads the file of a table under the name by which SQL reads it. Gives findings; with errors among them there is no table. */
export async function loadFile(
  connection: DuckDBConnection,
  table: Table,
  folder: Folder,
): Promise<readonly Diagnostic[]> {
  const { source } = table;
  if (source.kind !== 'file') return [];
  const full = path.join(folder.full, source.path);
  const file: NamedFile = { full, shown: source.path };
  const reading: Reading = { connection, table, source, file };
  const stat = statOf(full);
  if (stat === null) return [unreadable(reading, `there is no such file in ${folder.shown}`)];
  if (!isInside(folder.full, full)) {
    const at = { path: `tables.${table.name}.from` };
    return [outsideFolder(table.at, { path: source.path, folder: folder.shown }, at)];
  }
  if (!stat.isFile()) return [unreadable(reading, 'it is a folder, not a file')];
  const stored = Object.values(table.columns).filter(column => column.source.kind === 'stored');
  if (source.format === 'parquet') return loadParquet(reading, stored);
  const staging = source.format === 'json' ? await stageJson(reading, stored) : await stageCsv(reading);
  if (staging.kind === 'refused') return [staging.finding];
  const missing = missingColumns(table, source, staging.names, stored);
  if (missing.length > 0) return missing;
  const format = source.csv.dateFormat;
  if (format !== null && !isWholeDate(format))
    return [unreadable(reading, `the date format \`${format}\` lacks a day, a month or a year`, dateFormats)];
  try {
    return await convert(reading, stored, staging);
  } catch (error) {
    if (format === null || !/format specifier/i.test(String(error))) throw engineError(error);
    return [unreadable(reading, `\`${format}\` is no date format`, dateFormats)];
  }
}

const dateFormats = 'the day is `%d`, the month `%m` or `%b`, the year `%Y`, as in `date_format: "%d.%m.%Y"`';

/** What a format does not read would be 1 January 1900. */
function isWholeDate(format: string): boolean {
  const has = (letters: string) => new RegExp(`%-?[${letters}]`).test(format);
  return has('cx') || (has('Yy') && ((has('mbB') && has('d')) || has('j')));
}

/** Null where there is no such file, or a file where its folder should be. */
function statOf(full: string) {
  try {
    return statSync(full);
  } catch {
    return null;
  }
}

function unreadable({ table, source }: Reading, detail: string, help?: string): Diagnostic {
  return badFile(table.at, { file: source.path, detail, help }, { path: `tables.${table.name}.from` });
}

const raw = 'raw_file';
/** The path as DuckDB takes it: a file called `a[1].csv` is no pattern. */
const pathText = (full: string) => text(full.replace(/[[*?]/g, '[$&]'));

async function loadParquet(reading: Reading, stored: readonly Column[]): Promise<readonly Diagnostic[]> {
  const { connection, table, source, file } = reading;
  try {
    await connection.run(`create view ${name(source.relation)} as select * from read_parquet(${pathText(file.full)})`);
  } catch (error) {
    return [unreadable(reading, parquetWords(error, file))];
  }
  const relation = await describeRelation(connection, source, { identifier: name });
  return checkRelation({
    table,
    columns: stored.map(column => column.name),
    relation,
    profile: source.path,
    logicalType,
    names: 'anycase',
  });
}

/**
 * The file as a table of texts, in the order of its rows, or why it cannot be one. The columns are called by their place
 * in `names`, since DuckDB has uses of its own for some names. `placeOf` names the place of a row.
 */
type Staging =
  | {
      readonly kind: 'staged';
      readonly names: readonly string[];
      readonly placeOf: (row: number) => Promise<string>;
    }
  | { readonly kind: 'refused'; readonly finding: Diagnostic };

async function stageJson(reading: Reading, stored: readonly Column[]): Promise<Staging> {
  const { connection, file } = reading;
  const refused = (detail: string): Staging => ({ kind: 'refused', finding: unreadable(reading, detail) });
  if (statSync(file.full).size === 0) return refused('the file is empty');
  try {
    const found = await connection.run(`select * from read_json(${pathText(file.full)}, sample_size = -1) limit 1`);
    const declared = stored.map(physicalName);
    /** What is no object has no names, and is one column called so. */
    const isNameless = found.columnNames().join() === 'json' && !declared.includes('json');
    if (isNameless && (await found.getRowsJson()).length > 0)
      return refused('it is not a list of objects, one for each row');
    const names = isNameless ? declared : found.columnNames();
    const columns = names.map(column => `${text(column)}: 'VARCHAR'`).join(', ');
    await connection.run(
      `create temp table ${raw} as select ${names.map((each, index) => `${name(each)} as ${rawName(index)}`).join(', ')} from read_json(${pathText(file.full)}, columns = {${columns}})`,
    );
    return { kind: 'staged', names, placeOf: async row => `record ${row + 1}` };
  } catch (error) {
    passMemoryOn(error);
    return refused(jsonWords(error, file));
  }
}

async function stageCsv(reading: Reading): Promise<Staging> {
  const { connection, source, file } = reading;
  const refused = (finding: Diagnostic): Staging => ({ kind: 'refused', finding });
  const header = await readHeader(file.full, source.csv.delimiter);
  const { names, delimiter } = header ?? { names: [], delimiter: ',' };
  const problem = headerProblem(names);
  if (problem !== null) return refused(unreadable(reading, problem, problem === notUtf8 ? saveAsUtf8 : undefined));
  const lineOf = (record: number, blankLines: BlankLines) => lineOfRecord(file.full, delimiter, record, blankLines);
  const options = [
    `delim = ${text(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    'header = true',
    'auto_detect = false',
    `nullstr = [${['', 'NULL', ...source.csv.nulls].map(text).join(', ')}]`,
    `columns = {${names.map((_, index) => `${rawName(index)}: 'VARCHAR'`).join(', ')}}`,
  ];
  const read = (more: readonly string[]) =>
    connection.run(
      `create or replace temp table ${raw} as select * from read_csv(${pathText(file.full)}, ${[...options, ...more].join(', ')})`,
    );
  try {
    if (source.csv.dropExtraFields) {
      const error = await readWithExtraFields(connection, read);
      if (error !== null) return refused(await csvFinding(error.message, error.record, reading, lineOf));
    } else {
      await read([]);
    }
    return { kind: 'staged', names, placeOf: async row => `line ${await lineOf(row + 1, 'skipped')}` };
  } catch (error) {
    passMemoryOn(error);
    const message = error instanceof Error ? error.message : String(error);
    const record = /Line: (\d+)/i.exec(message)?.[1];
    return refused(await csvFinding(message, record === undefined ? null : Number(record), reading, lineOf));
  }
}

/** A file that does not fit into the memory is no fault of the file. */
function passMemoryOn(error: unknown): void {
  const fault = engineError(error);
  if (fault.diagnostic.code === outOfMemory.code) throw fault;
}

const saveAsUtf8 = 'save it as CSV in UTF-8';

function headerProblem(names: readonly string[]): string | null {
  if (names.join('') === '') return 'the file is empty';
  if (/[\0\ufffd]/.test(names.join(''))) return notUtf8;
  const repeated = names.find(
    (column, index) => column !== '' && names.findIndex(other => isSame(other, column)) < index,
  );
  return repeated === undefined ? null : `the header names the column \`${repeated}\` twice`;
}

/**
 * Reads lines with more fields than the header has, and no other faults. DuckDB forgives all faults or none, so it first
 * tells of each, and forgives only where there are no others.
 */
async function readWithExtraFields(
  connection: DuckDBConnection,
  read: (more: readonly string[]) => Promise<unknown>,
): Promise<{ readonly message: string; readonly record: number } | null> {
  await read(['store_rejects = true', "rejects_table = 'faults'", "rejects_scan = 'faulty_scans'"]);
  const [found] = await (
    await connection.run(
      "select error_message, line from faults order by error_type = 'TOO MANY COLUMNS', line limit 1",
    )
  ).getRowsJson();
  if (found === undefined) return null;
  const [message, line] = found;
  if (!isTooMany(String(message))) return { message: String(message), record: Number(line) };
  await read(['strict_mode = false']);
  return null;
}

const fieldCounts = /Expected Number of Columns: (\d+) Found: (\d+)/i;

function isTooMany(message: string): boolean {
  const [, expected, found] = fieldCounts.exec(message) ?? [];
  return expected !== undefined && Number(found) > Number(expected);
}

/** What DuckDB says of a CSV file; it counts records where it speaks of lines, blank lines among them. */
async function csvFinding(
  message: string,
  record: number | null,
  reading: Reading,
  lineOf: (record: number, blankLines: BlankLines) => Promise<number>,
): Promise<Diagnostic> {
  const { table, source, file } = reading;
  const line = record === null ? null : await lineOf(record - 1, 'counted');
  const [, expected, found] = fieldCounts.exec(message) ?? [];
  if (line !== null && expected !== undefined)
    return raggedFile(
      table.at,
      { file: source.path, line, found: Number(found), expected: Number(expected) },
      { path: `tables.${table.name}.from` },
    );
  const words = csvWords(message, file);
  return unreadable(
    reading,
    line === null ? words : `line ${line}: ${words}`,
    words === notUtf8 ? saveAsUtf8 : undefined,
  );
}

function missingColumns(
  table: Table,
  source: FileSource,
  names: readonly string[],
  stored: readonly Column[],
): readonly Diagnostic[] {
  return stored.flatMap(column => {
    const physical = physicalName(column);
    if (names.some(other => isSame(other, physical))) return [];
    const help = didYouMean(nearest(physical, names)) ?? `its columns are ${names.slice(0, 12).join(', ')}`;
    return [
      missingColumn(
        column.at,
        { column: physical, relation: source.path, help },
        { path: `tables.${table.name}.columns.${column.name}` },
      ),
    ];
  });
}

function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

const rawName = (index: number) => `c${index}`;

function physicalName(column: Column): string {
  return column.source.kind === 'stored' ? column.source.physical : column.name;
}

/** The texts as values of the declared types, or the first misfit of each column. */
async function convert(
  { connection, table, source }: Reading,
  stored: readonly Column[],
  { names, placeOf }: Extract<Staging, { kind: 'staged' }>,
): Promise<readonly Diagnostic[]> {
  const textOf = (column: Column) => rawName(names.findIndex(each => isSame(each, physicalName(column))));
  const scales = await digitsOf(connection, stored, textOf);
  const conversions = stored.map(column => conversion(column, textOf(column), scales, source.csv.dateFormat));
  const misfits = conversions.map(
    ({ text: value, converted }) => `min(rowid) filter (where ${value} is not null and (${converted}) is null)`,
  );
  const [found = []] =
    stored.length === 0 ? [] : await (await connection.run(`select ${misfits.join(', ')} from ${raw}`)).getRowsJson();
  const bad = conversions.flatMap((each, index) =>
    found[index] === null || found[index] === undefined ? [] : [{ ...each, row: Number(found[index]) }],
  );
  const findings = await Promise.all(bad.map(misfit => describeMisfit(connection, misfit, table, source, placeOf)));
  if (findings.length === 0) {
    const columns = conversions.map(({ column, converted }) => `${converted} as ${name(physicalName(column))}`);
    await connection.run(
      `create table memory.main.${name(source.relation)} as select ${columns.join(', ')} from ${raw} order by rowid`,
    );
  }
  await connection.run(`drop table ${raw}`);
  return findings;
}

/** For each column of exact numbers, the digits before and after the point that its longest values have. */
async function digitsOf(connection: DuckDBConnection, stored: readonly Column[], textOf: (column: Column) => string) {
  const decimals = stored.filter(column => column.type === 'decimal' || column.type === 'integer');
  if (decimals.length === 0) return new Map<string, { whole: number; fraction: number }>();
  const parts = decimals.flatMap(column => {
    const value = `trim(${textOf(column)})`;
    return [`max(length(ltrim(split_part(${value}, '.', 1), '+-0')))`, `max(length(split_part(${value}, '.', 2)))`];
  });
  const [row = []] = await (await connection.run(`select ${parts.join(', ')} from ${raw}`)).getRowsJson();
  return new Map(
    decimals.map((column, index) => [
      column.name,
      { whole: Number(row[index * 2] ?? 0), fraction: Number(row[index * 2 + 1] ?? 0) },
    ]),
  );
}

async function describeMisfit(
  connection: DuckDBConnection,
  misfit: Conversion & { readonly row: number },
  table: Table,
  source: FileSource,
  placeOf: (row: number) => Promise<string>,
): Promise<Diagnostic> {
  const { column, row } = misfit;
  const [[value = null] = []] = await (
    await connection.run(`select ${misfit.text} from ${raw} where rowid = ${row}`)
  ).getRowsJson();
  const shown = shortened(value);
  const parameters = {
    file: source.path,
    place: await placeOf(row),
    column: physicalName(column),
    value: shown,
    type: misfit.expected,
  };
  return badValue(column.at, parameters, { path: `tables.${table.name}.columns.${column.name}` });
}

function shortened(value: Json): string {
  const whole = String(value);
  return whole.length > 60 ? `${whole.slice(0, 60)}…` : whole;
}
