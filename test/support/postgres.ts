/** Databases on the tests' own server, one for each test file, and plain SQL in them. */
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import './postgres-server.ts';

export interface TestDatabase {
  readonly url: string;
  /** A connection on which everything may be done. */
  readonly client: pg.Client;
}

/** Counts those that are being made as well: two may be asked for at one time. */
let made = 0;
const databases: { readonly name: string; readonly client: pg.Client }[] = [];

afterAll(async () => {
  if (databases.length === 0) return;
  const admin = await connect(serverUrl());
  for (const { name, client } of databases.splice(0)) {
    await client.end();
    await admin.query(`drop database ${name} with (force)`);
  }
  await admin.end();
});

/** A new database, dropped when the test file is done; throws where there is no server, so that its tests fail. */
export async function makeDatabase(): Promise<TestDatabase> {
  const server = serverUrl();
  made += 1;
  const name = `test_${process.pid}_${made}`;
  const admin = await connect(server);
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = server.replace(/[^/]*$/, name);
  const client = await connect(url);
  databases.push({ name, client });
  return { url, client };
}

let shared: Promise<TestDatabase> | null = null;

/** The one database of a test file, made when it is first asked for, so that tests which need none run without a server. */
export function database(): Promise<TestDatabase> {
  shared ??= makeDatabase();
  return shared;
}

/** The server's own database, for tests that need no other. */
export function serverUrl(): string {
  const server = inject('postgres');
  if ('missing' in server) throw new Error(`PostgreSQL is missing: ${server.missing}`);
  return server.url;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  return client;
}
