/**
 * CSV, JSON and Parquet files as tables of DuckDB. Every value is read as text and converted to the declared type here,
 * so that nothing is guessed: what does not fit its type is a finding with file, line and column, and never a null.
 */
import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { DuckDBConnection, Json } from '@duckdb/node-api';
import {
  badFile,
  badValue,
  type Column,
  type Diagnostic,
  didYouMean,
  missingColumn,
  nearest,
  outsideFolder,
  raggedFile,
  type Table,
  type TableSource,
} from '../../../compiler/index.ts';
import { isInside } from '../../project.ts';
import { checkRelation } from '../schema.ts';
import { type Conversion, conversion } from './conversions.ts';
import { describeRelation, logicalType } from './types.ts';

type FileSource = Extract<TableSource, { kind: 'file' }>;

/** Loads the file of a table under the name by which SQL reads it. Gives findings; with errors among them there is no table. */
export async function loadFile(
  connection: DuckDBConnection,
  table: Table,
  folder: string,
): Promise<readonly Diagnostic[]> {
  const { source } = table;
  if (source.kind !== 'file') return [];
  const full = path.join(folder, source.path);
  const at = { path: `tables.${table.name}.from` };
  if (!existsSync(full))
    return [badFile(table.at, { file: source.path, detail: `there is no such file in ${folder}` }, at)];
  if (!isInside(folder, full)) return [outsideFolder(table.at, { path: source.path, folder }, at)];
  const stored = Object.values(table.columns).filter(column => column.source.kind === 'stored');
  if (source.format === 'parquet') return loadParquet(connection, table, source, full, stored);
  const staging = await stage(connection, table, source, full);
  if (staging.findings.length > 0) return staging.findings;
  const missing = missingColumns(table, source, staging.names, stored);
  if (missing.length > 0) return missing;
  return convert(connection, table, source, full, stored);
}

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
const name = (value: string) => `"${value.replaceAll('"', '""')}"`;
const raw = 'raw_file';

async function loadParquet(
  connection: DuckDBConnection,
  table: Table,
  source: FileSource,
  full: string,
  stored: readonly Column[],
) {
  try {
    await connection.run(`create view ${name(source.relation)} as select * from read_parquet(${text(full)})`);
  } catch (error) {
    return [badFile(table.at, { file: source.path, detail: firstLine(error) })];
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

interface Staging {
  readonly names: readonly string[];
  readonly findings: readonly Diagnostic[];
}

/** The file as a table of texts, in the order of its lines. */
async function stage(connection: DuckDBConnection, table: Table, source: FileSource, full: string): Promise<Staging> {
  try {
    if (source.format === 'json') {
      const described = await connection.run(`select * from read_json(${text(full)}, sample_size = -1) limit 0`);
      const names = described.columnNames();
      const columns = names.map(column => `${text(column)}: 'VARCHAR'`).join(', ');
      await connection.run(
        `create temp table ${raw} as select * from read_json(${text(full)}, columns = {${columns}})`,
      );
      return { names, findings: [] };
    }
    const header = await readHeader(full, source.csv.delimiter);
    const names = header.names;
    if (names.join('') === '')
      return { names, findings: [badFile(table.at, { file: source.path, detail: 'the file is empty' })] };
    const repeated = names.find(
      (column, index) => names.findIndex(other => other.toLowerCase() === column.toLowerCase()) < index,
    );
    if (repeated !== undefined) {
      const detail = `the header names the column \`${repeated}\` twice`;
      return { names, findings: [badFile(table.at, { file: source.path, detail })] };
    }
    const spare = source.csv.dropExtraFields
      ? Array.from({ length: 40 }, (_, index) => `extra field ${index + 1}`)
      : [];
    const columns = [...names, ...spare].map(column => `${text(column)}: 'VARCHAR'`).join(', ');
    const options = [
      `delim = ${text(header.delimiter)}`,
      `quote = '"'`,
      `escape = '"'`,
      'header = true',
      'auto_detect = false',
      `nullstr = [${['', 'NULL', ...source.csv.nulls].map(text).join(', ')}]`,
      `columns = {${columns}}`,
      ...(source.csv.dropExtraFields ? ['null_padding = true', 'parallel = false'] : []),
    ];
    await connection.run(`create temp table ${raw} as select * from read_csv(${text(full)}, ${options.join(', ')})`);
    return { names, findings: [] };
  } catch (error) {
    return { names: [], findings: [fileError(error, table, source)] };
  }
}

function fileError(error: unknown, table: Table, source: FileSource): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  const line = /Line: (\d+)/i.exec(message)?.[1];
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/i.exec(message);
  if (line !== undefined && counts !== null) {
    return raggedFile(table.at, {
      file: source.path,
      line: Number(line),
      found: Number(counts[2]),
      expected: Number(counts[1]),
    });
  }
  return badFile(table.at, {
    file: source.path,
    detail: line === undefined ? firstLine(error) : `line ${line}: ${firstLine(error)}`,
  });
}

function firstLine(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return first;
}

function missingColumns(
  table: Table,
  source: FileSource,
  names: readonly string[],
  stored: readonly Column[],
): readonly Diagnostic[] {
  return stored.flatMap(column => {
    const physical = physicalName(column);
    if (names.some(other => other.toLowerCase() === physical.toLowerCase())) return [];
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

function physicalName(column: Column): string {
  return column.source.kind === 'stored' ? column.source.physical : column.name;
}

/** The texts as values of the declared types, or the first misfit of each column. */
async function convert(
  connection: DuckDBConnection,
  table: Table,
  source: FileSource,
  full: string,
  stored: readonly Column[],
): Promise<readonly Diagnostic[]> {
  const scales = await digitsOf(connection, stored);
  const conversions = stored.map(column =>
    conversion(column, name(physicalName(column)), scales, source.csv.dateFormat),
  );
  const misfits = conversions.map(
    ({ text: value, converted }) => `min(rowid) filter (where ${value} is not null and (${converted}) is null)`,
  );
  const [found = []] =
    stored.length === 0 ? [] : await (await connection.run(`select ${misfits.join(', ')} from ${raw}`)).getRowsJson();
  const bad = conversions.flatMap((each, index) =>
    found[index] === null || found[index] === undefined ? [] : [{ ...each, row: Number(found[index]) }],
  );
  const findings = await Promise.all(bad.map(misfit => describeMisfit(connection, misfit, table, source, full)));
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
async function digitsOf(connection: DuckDBConnection, stored: readonly Column[]) {
  const decimals = stored.filter(column => column.type === 'decimal' || column.type === 'integer');
  if (decimals.length === 0) return new Map<string, { whole: number; fraction: number }>();
  const parts = decimals.flatMap(column => {
    const value = `trim(${name(physicalName(column))})`;
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
  full: string,
): Promise<Diagnostic> {
  const { column, row } = misfit;
  const [[value = null] = []] = await (
    await connection.run(`select ${misfit.text} from ${raw} where rowid = ${row}`)
  ).getRowsJson();
  const line = source.format === 'csv' ? await lineOfRecord(full, row + 1) : row + 1;
  const shown = shortened(value);
  const parameters = { file: source.path, line, column: physicalName(column), value: shown, type: misfit.expected };
  return badValue(column.at, parameters, { path: `tables.${table.name}.columns.${column.name}` });
}

function shortened(value: Json): string {
  const whole = String(value);
  return whole.length > 60 ? `${whole.slice(0, 60)}…` : whole;
}

/** The names in the first line of a CSV file, and what stands between them. */
async function readHeader(
  full: string,
  delimiter: string | null,
): Promise<{ readonly names: readonly string[]; readonly delimiter: string }> {
  const lines = createInterface({ input: createReadStream(full, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let header = '';
  for await (const line of lines) {
    header += header === '' ? line.replace(/^\ufeff/, '') : `\n${line}`;
    if ((header.split('"').length - 1) % 2 === 0) break;
  }
  lines.close();
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

/** The line on which a record begins; records may hold line breaks in quotes. Record 1 is the first after the header. */
async function lineOfRecord(full: string, record: number): Promise<number> {
  const lines = createInterface({ input: createReadStream(full, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  let records = -1;
  let isOpen = false;
  for await (const text of lines) {
    line += 1;
    if (!isOpen && text !== '') records += 1;
    if (records === record) break;
    if ((text.split('"').length - 1) % 2 === 1) isOpen = !isOpen;
  }
  lines.close();
  return line;
}
