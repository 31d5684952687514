/**
 * A PostgreSQL server of the tests' own: made from the installed programs once a run, on a free port, in a temporary folder
 * that goes when it ends. It sorts texts by the rules of a language, so that SQL which leaves the order to it is found out.
 * Where no server can be made that is said aloud, and the tests that need one fail.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the server is, or why there is none. */
    postgres: { readonly url: string } | { readonly missing: string };
  }
}

/** Who may log in only with this password. */
export const guarded = { user: 'guarded', password: 'correct horse' } as const;

export default async function setup(project: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sextant-postgres-'));
  let guardian: ChildProcess | null = null;
  const end = async () => {
    if (guardian !== null) await ended(guardian);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const account = unprivileged();
    const programs = programsFolder();
    const port = await freePort();
    if (account !== null) chownSync(folder, account.uid, account.gid);
    const data = path.join(folder, 'data');
    makeCluster(programs, data, account);
    const words = ['-D', data, '-p', String(port), '-k', folder];
    for (const setting of settings) words.push('-c', setting);
    guardian = guard(folder, path.join(programs, 'postgres'), words, account);
    let said = '';
    guardian.stderr?.on('data', (text: Buffer) => {
      said = `${said}${text}`.slice(-2000);
    });
    const url = `postgres://app@127.0.0.1:${port}/postgres`;
    await untilReady(url, guardian, () => said);
    project.provide('postgres', { url });
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error);
    console.error(`\nNO POSTGRESQL: the tests that need a server fail. ${missing}\n`);
    project.provide('postgres', { missing });
  }
  return end;
}

const settings = [
  'listen_addresses=127.0.0.1',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'shared_buffers=64MB',
  'max_connections=60',
];

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The server refuses to run as root: then an account without rights runs it. */
function unprivileged(): Account | null {
  if (process.getuid?.() !== 0) return null;
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    if (name === 'nobody') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('this runs as root, and there is no account `nobody` to run a server as');
}

/** The folder that has both programs: on the path, as `pg_config` says, or where distributions put them. */
function programsFolder(): string {
  const installed = '/usr/lib/postgresql';
  const versions = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    configured(),
    ...versions.map(version => path.join(installed, version, 'bin')),
  ];
  const found = folders.find(folder => ['initdb', 'postgres'].every(name => existsSync(path.join(folder, name))));
  if (found === undefined) throw new Error('`initdb` and `postgres` are not installed, or not on the path');
  return found;
}

function configured(): string {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

async function freePort(): Promise<number> {
  const socket = createServer();
  await new Promise<void>(resolve => socket.listen(0, '127.0.0.1', resolve));
  const address = socket.address();
  await new Promise(resolve => socket.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

function makeCluster(programs: string, data: string, account: Account | null): void {
  const words = ['-D', data, '-U', 'app', '--auth=trust', '-E', 'UTF8', '-N', '--no-instructions'];
  const language = ['--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  execFileSync(path.join(programs, 'initdb'), [...words, ...language], {
    cwd: path.dirname(data),
    stdio: ['ignore', 'ignore', 'pipe'],
    ...account,
  });
  const access = path.join(data, 'pg_hba.conf');
  writeFileSync(access, `host all ${guarded.user} all scram-sha-256\n${readFileSync(access, 'utf8')}`);
}

async function untilReady(url: string, server: ChildProcess, said: () => string): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (server.exitCode !== null) throw new Error(`the server ended at once: ${said()}`);
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.query(`create role ${guarded.user} login password '${guarded.password}'`);
      await client.end();
      return;
    } catch {
      await client.end().catch(() => {});
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
  throw new Error(`the server does not answer: ${said()}`);
}

function guard(folder: string, program: string, words: readonly string[], account: Account | null): ChildProcess {
  const script = path.join(import.meta.dirname, 'postgres-guardian.mjs');
  const owner = account === null ? ['-', '-'] : [String(account.uid), String(account.gid)];
  return spawn(process.execPath, [script, folder, program, ...owner, ...words], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
}

async function ended(guardian: ChildProcess): Promise<void> {
  if (guardian.exitCode !== null) return;
  const gone = new Promise<void>(resolve => guardian.once('exit', () => resolve()));
  guardian.stdin?.end();
  await gone;
}
