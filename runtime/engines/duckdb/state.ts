/** The state of the files that DuckDB reads, and which SQL may give something else though no file has changed. */
import { statSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';

/** Differs when a file is written or another takes its place. What cannot be looked at is told when it is read. */
export function stampOf(file: string): string {
  try {
    const { ino, mtimeNs, size } = statSync(file, { bigint: true });
    return `${ino}-${mtimeNs}-${size}`;
  } catch {
    return 'missing';
  }
}

/** A database has its last changes in a file beside it. */
export function databaseStamp(file: string | null): string {
  return file === null ? '' : `${stampOf(file)} ${stampOf(`${file}.wal`)}`;
}

/** Clocks, chance, the environment, and files that are named in the SQL itself; a word too many is found rather than one too few. */
const moving =
  /\b(read_\w+|\w*scan\w*|glob|sniff_csv|query|query_table|now|today|age|current_\w+|get_current_\w+|localtime\w*|transaction_timestamp|random|setseed|\w*uuid\w*|nextval|currval|getenv|getvariable)\b|'[^']*\.[^']*'|"[^"]*\.\w+"/i;

export function isMoving(sql: string): boolean {
  return moving.test(sql);
}

const writtenSql = `select sql as written from duckdb_views() where not internal
union all select macro_definition from duckdb_functions() where function_type in ('macro', 'table_macro') and not internal`;

/** Whether a view or a macro of the warehouse may. */
export async function hasMovingViews(connection: DuckDBConnection): Promise<boolean> {
  const rows = await (await connection.run(writtenSql)).getRowsJson();
  return rows.some(([written]) => isMoving(String(written)));
}
