/**
 * DuckDB in memory over rows that are handed to it: what tests of a project run on. One connection for all of them, its
 * tables made once and filled anew for each test; no file, no other database and no network can be reached.
 */
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampValue,
} from '@duckdb/node-api';
import {
  type CellValue,
  type Dialect,
  type GivenColumn,
  type GivenTable,
  parseDay,
  parseTimestamp,
  type Statement,
} from '../../../compiler/index.ts';
import type { Engine, ExecuteOptions } from '../../engine.ts';
import { fetchRows, runWithin } from './connection.ts';
import { type Digits, decimalType } from './conversions.ts';

export interface GivenEngine extends Engine {
  /** Makes these tables have these rows, and no others. */
  readonly give: (tables: readonly GivenTable[]) => Promise<void>;
}

export async function openGiven(dialect: Dialect): Promise<GivenEngine> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    enable_external_access: 'false',
  });
  const connection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  await connection.run("set disabled_optimizers = 'common_subplan'");
  await connection.run('set lock_configuration = true');
  return new GivenTables(dialect, instance, connection);
}

/** The column of a table whose columns are all computed: rows must be stored somehow. */
const nothing: GivenColumn = { name: 'nothing', type: 'boolean' };

class GivenTables implements GivenEngine {
  readonly name = 'duckdb';
  /** The columns of each table that has been made, and whether it has rows. */
  private readonly made = new Map<string, { readonly columns: string; readonly isFilled: boolean }>();

  constructor(
    readonly dialect: Dialect,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  async give(tables: readonly GivenTable[]): Promise<void> {
    for (const table of tables) await this.fill(table);
  }

  private async fill({ name, columns, rows }: GivenTable): Promise<void> {
    const stored = columns.length === 0 ? [nothing] : columns;
    const typed = stored.map((column, index) => ({
      ...column,
      ...storage(
        column,
        rows.map(row => row[index] ?? null),
      ),
    }));
    const identifier = this.dialect.identifier;
    const relation = `temp.main.${identifier(name)}`;
    const written = typed.map(column => `${identifier(column.name)} ${column.sql}`).join(', ');
    const before = this.made.get(name);
    if (before?.columns !== written) await this.connection.run(`create or replace temp table ${relation} (${written})`);
    else if (before.isFilled) await this.connection.run(`truncate ${relation}`);
    this.made.set(name, { columns: written, isFilled: rows.length > 0 });
    if (rows.length === 0) return;
    const appender = await this.connection.createAppender(name, 'main', 'temp');
    for (const row of rows) {
      for (const [index, column] of typed.entries()) append(appender, row[index] ?? null, column);
      appender.endRow();
    }
    appender.closeSync();
  }

  async check() {
    return [];
  }

  async execute(statement: Statement, options: ExecuteOptions) {
    return runWithin(this.connection, options, () =>
      fetchRows(this.connection, statement.sql, statement.parameters, options.maxRows, options.maxBytes),
    );
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

/** How a column is stored: exact numbers in the narrowest type that holds all of them, as those of files are. */
interface Storage {
  readonly sql: string;
  /** Of decimals, the digits in all and those behind the point. */
  readonly width: number;
  readonly scale: number;
}

function storage({ type }: GivenColumn, values: readonly CellValue[]): Storage {
  const as = (sql: string): Storage => ({ sql, width: 0, scale: 0 });
  switch (type) {
    case 'integer':
      return as(digitsOf(values).whole > 18 ? 'hugeint' : 'bigint');
    case 'decimal': {
      const sql = decimalType(digitsOf(values));
      const [width = 0, scale = 0] = (sql.match(/\d+/g) ?? []).map(Number);
      return { sql, width, scale };
    }
    case 'float':
      return as('double');
    case 'boolean':
    case 'date':
    case 'timestamp':
      return as(type);
    default:
      return as('varchar');
  }
}

function digitsOf(values: readonly CellValue[]): Digits {
  let [whole, fraction] = [1, 0];
  for (const value of values) {
    const [before = '', behind = ''] = String(value ?? '')
      .replace(/^-?0*/, '')
      .split('.');
    whole = Math.max(whole, before.length);
    fraction = Math.max(fraction, behind.length);
  }
  return { whole, fraction };
}

function append(appender: DuckDBAppender, value: CellValue, { type, sql, width, scale }: GivenColumn & Storage): void {
  if (value === null) appender.appendNull();
  else if (typeof value === 'boolean') appender.appendBoolean(value);
  else if (sql === 'hugeint') appender.appendHugeInt(BigInt(value));
  else if (type === 'integer') appender.appendBigInt(BigInt(value));
  else if (type === 'decimal') appender.appendDecimal(new DuckDBDecimalValue(scaled(value, scale), width, scale));
  else if (type === 'float') appender.appendDouble(Number(value));
  else if (type === 'date') appender.appendDate(new DuckDBDateValue(parseDay(value) ?? 0));
  else if (type === 'timestamp') appender.appendTimestamp(new DuckDBTimestampValue(microsOf(value)));
  else appender.appendVarchar(value);
}

/** A decimal as a whole number of its last place. */
function scaled(value: string, scale: number): bigint {
  const [whole = '', fraction = ''] = value.split('.');
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
}

function microsOf(value: string): bigint {
  const parsed = parseTimestamp(value);
  return parsed === null ? 0n : BigInt(parsed.milliseconds) * 1000n + BigInt(parsed.micros);
}
