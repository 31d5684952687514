/** Values of the language as DuckDB keeps them in a table: the type of a column that holds all of its values exactly, and rows put into it. */
import { type DuckDBAppender, DuckDBDateValue, DuckDBDecimalValue, DuckDBTimestampValue } from '@duckdb/node-api';
import { type ExpressionType, parseDay, parseTimestamp } from '../../../compiler/index.ts';
import type { RawValue } from '../../engine.ts';
import { type Digits, decimalType } from './conversions.ts';

/** How a column is stored: exact numbers in the narrowest type that holds all of them, as those of files are. */
export interface Storage {
  readonly sql: string;
  /** Of decimals, the digits in all and those behind the point. */
  readonly width: number;
  readonly scale: number;
}

type Rows = readonly (readonly RawValue[])[];

/** For the values of one column of the rows. */
export function storage(type: ExpressionType, rows: Rows, index: number): Storage {
  const as = (sql: string): Storage => ({ sql, width: 0, scale: 0 });
  switch (type) {
    case 'integer':
      return as(digitsOf(rows, index).whole > 18 ? 'hugeint' : 'bigint');
    case 'decimal': {
      const sql = decimalType(digitsOf(rows, index));
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

/** The most digits that any number of the column has before its point, and behind it. */
export function digitsOf(rows: Rows, index: number): Digits {
  let [whole, fraction] = [1, 0];
  for (const row of rows) {
    const [before = '', behind = ''] = String(row[index] ?? '')
      .replace(/^-?0*/, '')
      .split('.');
    whole = Math.max(whole, before.length);
    fraction = Math.max(fraction, behind.length);
  }
  return { whole, fraction };
}

/** A column in which rows are put, as it is stored. */
export type StoredColumn = Storage & { readonly type: ExpressionType };

/** Puts rows into a table that has these columns, and closes the appender. */
export function appendRows(appender: DuckDBAppender, columns: readonly StoredColumn[], rows: Rows): void {
  for (const row of rows) {
    for (const [index, column] of columns.entries()) append(appender, row[index] ?? null, column);
    appender.endRow();
  }
  appender.closeSync();
}

function append(appender: DuckDBAppender, value: RawValue, { type, sql, width, scale }: StoredColumn): void {
  if (value === null) appender.appendNull();
  else if (typeof value === 'boolean') appender.appendBoolean(value);
  else if (sql === 'hugeint') appender.appendHugeInt(BigInt(value));
  else if (type === 'integer') appender.appendBigInt(BigInt(value));
  else if (type === 'decimal')
    appender.appendDecimal(new DuckDBDecimalValue(scaled(String(value), scale), width, scale));
  else if (type === 'float') appender.appendDouble(Number(value));
  else if (type === 'date') appender.appendDate(new DuckDBDateValue(dayOf(String(value))));
  else if (type === 'timestamp') appender.appendTimestamp(new DuckDBTimestampValue(microsOf(String(value))));
  else appender.appendVarchar(String(value));
}

/** A decimal as a whole number of its last place. */
function scaled(value: string, scale: number): bigint {
  const [whole = '', fraction = ''] = value.split('.');
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
}

function dayOf(value: string): number {
  const day = parseDay(value);
  if (day === null) throw new Error(`${value} is no day`);
  return day;
}

/** Universal time, with its Z or without. */
function microsOf(value: string): bigint {
  const parsed = parseTimestamp(value.replace(/Z$/, ''));
  if (parsed === null) throw new Error(`${value} is no time`);
  return BigInt(parsed.milliseconds) * 1000n + BigInt(parsed.micros);
}
