/**
 * DuckDB, the embedded engine. The warehouse file is attached for reading only; files of the project are loaded into
 * memory under their own names; after opening, nothing outside the project's folder of files can be touched.
 */
import { existsSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  cannotOpen,
  type Diagnostic,
  type Dialect,
  dialectNamed,
  type Model,
  own,
  type Span,
  type Statement,
  type Table,
} from '../../../compiler/index.ts';
import {
  type DataState,
  EngineError,
  type ExecuteOptions,
  type Limits,
  type StreamingEngine,
  Turnstile,
} from '../../engine.ts';
import { handOver } from '../handover.ts';
import { checkRelation, storedSource } from '../schema.ts';
import { fetchRows, runWithin, streamRows, withConnection } from './connection.ts';
import { type Folder, loadFile } from './files.ts';
import { name, text } from './quoted.ts';
import { databaseStamp, hasMovingViews, isMoving, stampOf } from './state.ts';
import { describeRelation, logicalType } from './types.ts';
import { attachWords } from './words.ts';

export { type GivenEngine, openGiven } from './given.ts';

export interface DuckDBOptions {
  /** The name of the profile, for findings. */
  readonly profile: string;
  /** The warehouse file, absolute; null for none. */
  readonly file: string | null;
  /** The one folder that files are read from, absolute. */
  readonly folder: string;
  /** How the project writes the two, and where; without it, findings show no paths. */
  readonly written?: WrittenPaths;
  /** What DuckDB may use, as it writes it (`512MB`); its own default is four fifths of the machine's. */
  readonly memory?: string;
}

export interface WrittenPaths {
  /** `\`sales.duckdb\``, in words. */
  readonly file: string;
  /** `\`../data\`` or `the project's folder`. */
  readonly folder: string;
  readonly at: Span | null;
}

const unknownPaths: WrittenPaths = { file: 'the file', folder: 'the folder of files', at: null };

export async function openDuckDB(options: DuckDBOptions): Promise<StreamingEngine> {
  const { file, profile, written = unknownPaths } = options;
  const full = existsSync(options.folder) ? realpathSync(options.folder) : options.folder;
  const folder: Folder = { full, shown: written.folder };
  if (file !== null && !existsSync(file)) {
    const detail = `${written.file} does not exist`;
    const help = 'is the path right? A relative one starts at the folder of metrics.yaml';
    throw new EngineError(cannotOpen(written.at, { profile, detail, help }));
  }
  const stamp = databaseStamp(file);
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    temp_directory: path.join(os.tmpdir(), `sextant-${process.pid}`),
    max_temp_directory_size: '20GB',
    ...(options.memory === undefined ? {} : { memory_limit: options.memory }),
  });
  const catalog = file === null ? null : await attach(instance, file, profile, written);
  await lock(instance, full);
  return new DuckDBEngine(instance, { file, catalog, stamp }, folder, profile);
}

async function attach(
  instance: DuckDBInstance,
  file: string,
  profile: string,
  { file: shown, at }: WrittenPaths,
): Promise<string> {
  const stem = path.basename(file).replace(/\..*$/, '');
  const catalog = ['memory', 'system', 'temp', ''].includes(stem) ? 'warehouse' : stem;
  try {
    await withConnection(instance, null, connection =>
      connection.run(`attach ${text(file)} as ${name(catalog)} (type duckdb, read_only)`),
    );
  } catch (error) {
    instance.closeSync();
    throw new EngineError(cannotOpen(at, { profile, ...attachWords(error, { full: file, shown }) }), { cause: error });
  }
  return catalog;
}

/** The order matters: folders can be allowed only before access is closed, and the settings are locked last. */
async function lock(instance: DuckDBInstance, folder: string): Promise<void> {
  await withConnection(instance, null, async connection => {
    await connection.run("set global timezone = 'UTC'");
    // DuckDB 1.5.1 to 1.5.6 may take one subplan for another that shows other columns (github.com/duckdb/duckdb/issues/25819).
    await connection.run("set global disabled_optimizers = 'common_subplan'");
    await connection.run(`set allowed_directories = [${text(folder)}]`);
    await connection.run('set enable_external_access = false');
    await connection.run('set lock_configuration = true');
  });
}

/** The database that is asked, and its state when it was opened. */
interface Database {
  readonly file: string | null;
  readonly catalog: string | null;
  readonly stamp: string;
}

/** DuckDB's queries occupy threads that reading files needs as well: two of the four are left for that. */
const queriesAtOnce = 2;

class DuckDBEngine implements StreamingEngine {
  readonly name = 'duckdb';
  readonly dialect: Dialect;
  private readonly turnstile = new Turnstile(queriesAtOnce);
  private readonly loaded = new Map<string, Promise<readonly Diagnostic[]>>();
  private readonly stamps = new Map<string, string>();
  private readonly searchPath: string | null;
  private hasMovingViews: Promise<boolean> | null = null;

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly database: Database,
    private readonly folder: Folder,
    private readonly profile: string,
  ) {
    const dialect = dialectNamed('duckdb');
    if (dialect === null) throw new Error('no dialect for DuckDB');
    this.dialect = dialect;
    const { catalog } = database;
    this.searchPath = catalog === null ? null : `set search_path = ${text(`${name(catalog)}.main,memory.main`)}`;
  }

  async check(statement: Statement, model: Model): Promise<readonly Diagnostic[]> {
    const findings: Diagnostic[] = [];
    for (const { table: tableName, columns } of statement.reads) {
      const table = own(model.tables, tableName);
      if (table !== undefined) findings.push(...(await this.checkTable(table, columns)));
    }
    return findings;
  }

  private async checkTable(table: Table, columns: readonly string[]): Promise<readonly Diagnostic[]> {
    const source = storedSource(table);
    if (source === null) return [];
    if (source.kind === 'file') {
      const known = this.loaded.get(table.name);
      const loading =
        known ?? withConnection(this.instance, null, connection => loadFile(connection, table, this.folder));
      this.loaded.set(table.name, loading);
      if (known === undefined) this.stamps.set(table.name, this.stampOf(source.path));
      // What failed for want of memory may well work the next time.
      loading.catch(() => this.loaded.delete(table.name));
      return loading;
    }
    return withConnection(this.instance, this.searchPath, async connection => {
      const relation = await describeRelation(connection, source, this.dialect);
      return checkRelation({ table, columns, relation, profile: this.profile, logicalType, names: 'anycase' });
    });
  }

  /** Files are loaded once, and a database is read as it was when it was opened. */
  async stateOf(statement: Statement, model: Model): Promise<DataState> {
    const { file, stamp } = this.database;
    if (databaseStamp(file) !== stamp) return { kind: 'outdated' };
    const sources = statement.reads.flatMap(({ table: tableName }) => {
      const table = own(model.tables, tableName);
      const source = table === undefined ? null : storedSource(table);
      return source === null ? [] : [{ name: tableName, source }];
    });
    const files = sources.flatMap(({ name: tableName, source }) =>
      source.kind === 'file' ? [{ name: tableName, stamp: this.stampOf(source.path) }] : [],
    );
    if (files.some(each => (this.stamps.get(each.name) ?? each.stamp) !== each.stamp)) return { kind: 'outdated' };
    if (sources.some(({ source }) => source.kind === 'sql' && isMoving(source.text))) return { kind: 'unknown' };
    if (sources.length > files.length) {
      this.hasMovingViews ??= withConnection(this.instance, null, hasMovingViews);
      if (await this.hasMovingViews) return { kind: 'unknown' };
    }
    return { kind: 'known', text: [stamp, ...files.map(each => `${each.name} ${each.stamp}`)].join('\n') };
  }

  private stampOf(file: string): string {
    return stampOf(path.join(this.folder.full, file));
  }

  async execute(statement: Statement, options: ExecuteOptions) {
    return this.turnstile.pass(() =>
      withConnection(this.instance, this.searchPath, connection =>
        runWithin(connection, options, () =>
          fetchRows(connection, statement.sql, statement.parameters, options.maxRows, options.maxBytes),
        ),
      ),
    );
  }

  /** Reading takes its turn chunk by chunk: whoever takes rows slowly holds nobody up. */
  stream(statement: Statement, limits: Limits) {
    return handOver(limits, (within, put) =>
      withConnection(this.instance, this.searchPath, connection =>
        runWithin(connection, within, async () => {
          for await (const rows of streamRows(connection, statement, this.turnstile)) await put(rows);
        }),
      ),
    );
  }

  async close(): Promise<void> {
    this.instance.closeSync();
  }
}
