/** The demo warehouse for tests: made where it is missing, and asked in plain SQL of its own. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type DuckDBConnection, DuckDBInstance, type Json } from '@duckdb/node-api';
import { afterAll } from 'vitest';

const root = path.join(import.meta.dirname, '../..');

/** The folder of the library. */
export const library = path.join(root, 'metrics');

interface DemoScript {
  readonly demoFolder: string;
  readonly buildDemoWarehouse: (options?: {
    readonly target?: string;
  }) => Promise<{ readonly path: string; readonly made: boolean }>;
}

/** The script has no types of its own: its shape is stated here. */
export async function demoScript(): Promise<DemoScript> {
  const script: DemoScript = await import(pathToFileURL(path.join(root, 'scripts/demo-warehouse.mjs')).href);
  return script;
}

export type Field = string | number | boolean | null;
export type Ask = (sql: string) => Promise<readonly (readonly Field[])[]>;

const closers: (() => void)[] = [];

afterAll(() => {
  for (const close of closers.splice(0)) close();
});

/** Asks a warehouse file in plain SQL. Decimals and whole numbers beyond 2^53 come as text. */
export async function openFile(file: string): Promise<Ask> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection: DuckDBConnection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  closers.push(() => {
    connection.closeSync();
    instance.closeSync();
  });
  return async sql => {
    const result = await connection.run(sql);
    return (await result.getRowsJson()).map(row => row.map(field));
  };
}

/** Asks the demo warehouse, which is made first where it is missing or out of date. */
export async function openDemo(): Promise<Ask> {
  const { buildDemoWarehouse } = await demoScript();
  return openFile((await buildDemoWarehouse()).path);
}

function field(value: Json): Field {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
}
