/** A table as a Parquet file: DuckDB in memory writes it, whatever engine its rows come from. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type ExpressionType, notInParquet } from '../../../compiler/index.ts';
import { EngineError, type Limits, type RawAnswer } from '../../engine.ts';
import { runWithin, withConnection } from './connection.ts';
import { name, text } from './quoted.ts';
import { appendRows, digitsOf, storage } from './stored.ts';

export interface ParquetTable {
  readonly columns: readonly ParquetColumn[];
  readonly rows: RawAnswer['rows'];
  /** Kept in the file beside its rows, as texts with names. */
  readonly metadata: Readonly<Record<string, string>>;
}

interface ParquetColumn {
  readonly name: string;
  readonly type: ExpressionType;
}

/** The bytes of the file. What such a file cannot hold exactly is refused. */
export async function parquetFile(table: ParquetTable, limits: Limits): Promise<Uint8Array> {
  for (const [index, column] of table.columns.entries()) refuseWhatIsLost(column, table.rows, index);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sextant-parquet-'));
  try {
    const file = path.join(folder, 'answer.parquet');
    await write(table, file, folder, limits);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function write(
  { columns, rows, metadata }: ParquetTable,
  file: string,
  folder: string,
  limits: Limits,
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    temp_directory: folder,
  });
  try {
    // Columns are stored under numbers: what they are called is told to the file alone.
    const stored = columns.map((column, index) => ({ ...column, ...storage(column.type, rows, index) }));
    const declared = stored.map(({ sql }, index) => `c${index} ${sql}`);
    const shown = columns.map((column, index) => `${exported(column, rows, index)} as ${name(column.name)}`);
    const facts = Object.entries(metadata).map(([key, value]) => `${text(key)}: ${text(value)}`);
    const options = ['format parquet', ...(facts.length === 0 ? [] : [`kv_metadata {${facts.join(', ')}}`])];
    await withConnection(instance, "set timezone = 'UTC'", connection =>
      runWithin(connection, limits, async () => {
        await connection.run(`create temp table answer (${declared.join(', ')})`);
        appendRows(await connection.createAppender('answer', 'main', 'temp'), stored, rows);
        await connection.run(`copy (select ${shown.join(', ')} from answer) to ${text(file)} (${options.join(', ')})`);
      }),
    );
  } finally {
    instance.closeSync();
  }
}

/** A column as it is written. Parquet has no whole numbers beyond 64 bits, and DuckDB would make floats of them. */
function exported({ type }: ParquetColumn, rows: RawAnswer['rows'], index: number): string {
  switch (type) {
    case 'integer': {
      const isLong = rows.every(row => BigInt.asIntN(64, BigInt(row[index] ?? 0)) === BigInt(row[index] ?? 0));
      return `c${index}::${isLong ? 'bigint' : 'decimal(38, 0)'}`;
    }
    case 'timestamp':
      return `c${index}::timestamptz`;
    default:
      return `c${index}`;
  }
}

const mostDigits = 38;

function refuseWhatIsLost({ name: column, type }: ParquetColumn, rows: RawAnswer['rows'], index: number): void {
  switch (type) {
    case 'integer':
    case 'decimal': {
      const { whole, fraction } = digitsOf(rows, index);
      const digits = whole + fraction;
      if (digits > mostDigits)
        throw new EngineError(notInParquet(null, { column, detail: `needs ${digits} digits, and Parquet has 38` }));
      return;
    }
    case 'timestamp': {
      if (!rows.some(row => /\.\d{7}/.test(String(row[index])))) return;
      const detail = 'has nanoseconds, and its timestamps in Parquet have microseconds';
      throw new EngineError(notInParquet(null, { column, detail }));
    }
    default:
      return;
  }
}
