/** A generated world in DuckDB, and as the oracle's rows. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { parseTimestamp } from '../../compiler/index.ts';
import { dayNumber } from './calendar.ts';
import { columnTypes, type Rows, type TableName } from './generate/rows.ts';
import type { GeneratedWorld } from './generate/world.ts';
import { parseFraction } from './number.ts';
import type { Data, Row } from './rows.ts';
import type { Value } from './values.ts';

const tableNames = ['teams', 'reps', 'accounts', 'deals', 'calls', 'quotas'] as const satisfies readonly TableName[];

const physical: Readonly<Record<string, string>> = {
  string: 'varchar',
  integer: 'bigint',
  decimal: 'decimal(18, 2)',
  float: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
};

/** An instance whose tables are made anew for every world: rows that are only deleted still slow its scans down. */
export async function openWorlds(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run("set global timezone = 'UTC'");
  return connection;
}

export async function fill(connection: DuckDBConnection, world: GeneratedWorld): Promise<void> {
  const statements = tableNames.flatMap(table => {
    const rows = world.rows[table] ?? [];
    const insert =
      rows.length === 0 ? [] : [`insert into ${table} values ${rows.map(row => literals(table, row)).join(', ')}`];
    const columns = Object.entries(columnTypes[table]).map(([name, type]) => `"${name}" ${physical[type]}`);
    return [`create or replace table ${table} (${columns.join(', ')})`, ...insert];
  });
  await connection.run(statements.join('; '));
}

function literals(table: TableName, row: Rows[number]): string {
  const values = Object.entries(columnTypes[table]).map(([name, type]) => {
    const cell = row[name] ?? null;
    if (cell === null) return 'null';
    return typeof cell === 'boolean' ? String(cell) : `'${cell.replaceAll("'", "''")}'::${physical[type]}`;
  });
  return `(${values.join(', ')})`;
}

export function oracleData(world: GeneratedWorld): Data {
  return Object.fromEntries(
    tableNames.map(table => [table, (world.rows[table] ?? []).map(row => oracleRow(table, row))]),
  );
}

function oracleRow(table: TableName, row: Rows[number]): Row {
  return Object.fromEntries(
    Object.entries(columnTypes[table]).map(([name, type]) => [name, oracleValue(type, row[name] ?? null)]),
  );
}

function oracleValue(type: string, cell: string | boolean | null): Value {
  if (cell === null || typeof cell === 'boolean') return cell;
  switch (type) {
    case 'integer':
    case 'decimal':
      return parseFraction(cell);
    case 'float':
      return Number(cell);
    case 'date':
      return dayNumber(cell);
    case 'timestamp': {
      const parsed = parseTimestamp(cell);
      return parsed === null ? null : parsed.milliseconds * 1000 + parsed.micros;
    }
    default:
      return cell;
  }
}
