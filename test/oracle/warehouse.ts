/** A generated world in a warehouse, and as the oracle's rows. */
import { DuckDBInstance } from '@duckdb/node-api';
import type pg from 'pg';
import { parseTimestamp, type Statement } from '../../compiler/index.ts';
import type { RawAnswer } from '../../runtime/engine.ts';
import * as duckdb from '../../runtime/engines/duckdb/connection.ts';
import { engineError } from '../../runtime/engines/postgres/faults.ts';
import * as postgres from '../../runtime/engines/postgres/session.ts';
import { dayNumber } from './calendar.ts';
import { columnTypes, type Rows, type StoredName } from './generate/rows.ts';
import type { GeneratedWorld } from './generate/world.ts';
import { parseFraction } from './number.ts';
import type { Data, Row } from './rows.ts';
import type { Value } from './values.ts';

const tableNames = [
  'teams',
  'reps',
  'accounts',
  'deals',
  'calls',
  'quotas',
  'rates',
] as const satisfies readonly StoredName[];

export const physical: Readonly<Record<string, string>> = {
  string: 'varchar',
  integer: 'bigint',
  decimal: 'decimal(18, 2)',
  float: 'double precision',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
};

export interface Worlds {
  /** Puts a world in place of the one before. */
  readonly fill: (world: GeneratedWorld) => Promise<void>;
  readonly run: (statements: readonly string[]) => Promise<void>;
  /** Throws an `EngineError`. */
  readonly ask: (statement: Statement) => Promise<RawAnswer>;
}

const mostRows = 100_000;

export async function openDuckDB(): Promise<Worlds> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run("set global timezone = 'UTC'");
  // As the product's own engine does.
  await connection.run("set global disabled_optimizers = 'common_subplan'");
  const run = async (all: readonly string[]) => {
    await connection.run(all.join('; '));
  };
  return {
    run,
    fill: world => run(statements(world)),
    ask: ({ sql, parameters }) =>
      duckdb.fetchRows(connection, sql, parameters, mostRows).catch((error: unknown) => {
        throw duckdb.engineError(error);
      }),
  };
}

export async function worldsIn(client: pg.Client): Promise<Worlds> {
  await client.query("set timezone = 'UTC'");
  const run = async (all: readonly string[]) => {
    await client.query(all.join('; '));
  };
  return {
    run,
    fill: world => run(statements(world)),
    ask: ({ sql, parameters }) =>
      postgres.fetchRows(client, sql, parameters, mostRows).catch((error: unknown) => {
        throw engineError(error, 'oracle');
      }),
  };
}

/** Tables are made anew for every world: rows that are only deleted still slow scans down. */
function statements(world: GeneratedWorld): readonly string[] {
  return tableNames.flatMap(table => {
    const rows = world.rows[table] ?? [];
    const insert =
      rows.length === 0 ? [] : [`insert into ${table} values ${rows.map(row => literals(table, row)).join(', ')}`];
    const columns = Object.entries(columnTypes[table]).map(([name, type]) => `"${name}" ${physical[type]}`);
    return [`drop table if exists ${table}`, `create table ${table} (${columns.join(', ')})`, ...insert];
  });
}

function literals(table: StoredName, row: Rows[number]): string {
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

function oracleRow(table: StoredName, row: Rows[number]): Row {
  return Object.fromEntries(
    Object.entries(columnTypes[table]).map(([name, type]) => [name, oracleValue(type, row[name] ?? null)]),
  );
}

export function oracleValue(type: string, cell: string | boolean | null): Value {
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
