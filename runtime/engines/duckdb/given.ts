/**
 * DuckDB in memory over rows that are handed to it: what tests of a project run on. One connection for all of them, its
 * tables made once and filled anew for each test; no file, no other database and no network can be reached.
 */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Dialect, GivenColumn, GivenTable, Statement } from '../../../compiler/index.ts';
import type { Engine, ExecuteOptions } from '../../engine.ts';
import { fetchRows, runWithin } from './connection.ts';
import { appendRows, storage } from './stored.ts';

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
    const typed = stored.map((column, index) => ({ ...column, ...storage(column.type, rows, index) }));
    const identifier = this.dialect.identifier;
    const relation = `temp.main.${identifier(name)}`;
    const written = typed.map(column => `${identifier(column.name)} ${column.sql}`).join(', ');
    const before = this.made.get(name);
    if (before?.columns !== written) await this.connection.run(`create or replace temp table ${relation} (${written})`);
    else if (before.isFilled) await this.connection.run(`truncate ${relation}`);
    this.made.set(name, { columns: written, isFilled: rows.length > 0 });
    if (rows.length === 0) return;
    const appender = await this.connection.createAppender(name, 'main', 'temp');
    appendRows(appender, typed, rows);
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
