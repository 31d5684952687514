/**
 * A read-only transaction of its own for each query: settings that answers depend on, a deadline that the server keeps as
 * well, and a way to stop it. What goes wrong comes out as an `EngineError`.
 */
import { Client, type ClientConfig, type CustomTypesConfig, Query } from 'pg';
import { cancelled, cannotOpen, deadlinePassed, type SqlParameter } from '../../../compiler/index.ts';
import { EngineError, Gathered, type Limits, type RawAnswer, type RawValue } from '../../engine.ts';
import { type Connections, cut } from './connections.ts';
import { engineError, isCancelled } from './faults.ts';

/** Where queries run, and how to reach the same server beside them. */
export interface Server {
  readonly profile: string;
  readonly connections: Connections;
  readonly config: ClientConfig;
}

type Stopped = 'deadline' | 'cancelled';

/** How long the server has to keep a deadline by itself, and to obey before its connection is cut. */
const graceMs = 100;
const obeyMs = 2000;
const longestTimeoutMs = 2 ** 31 - 1;

/** Runs `work` in a transaction that can write nothing. Only sound connections go back to the pool. */
export async function runWithin<T>(server: Server, limits: Limits, work: (client: Client) => Promise<T>): Promise<T> {
  const stop = new Stop(server, limits);
  try {
    return await stop.orSooner(server.connections.turnstile.pass(() => inTransaction(server, stop, work)));
  } catch (error) {
    const why = stop.why ?? (isCancelled(error) ? stop.orOthers() : null);
    throw why === null ? engineError(error, server.profile) : stopError(why, limits);
  } finally {
    stop.settle();
  }
}

async function inTransaction<T>(server: Server, stop: Stop, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await server.connections.open(stop.signal);
  try {
    const state = await stop.orSooner(begin(client, stop.leftMs));
    const detail = strangeness(state);
    if (detail !== null) throw new EngineError(cannotOpen(null, { profile: server.profile, detail }));
    stop.process = state.process;
    return await stop.orSooner(work(client));
  } finally {
    // A call to stop that is still on its way would meet the next query of the connection.
    if (stop.why === null && (await rollback(client))) server.connections.keep(client);
    else cut(client);
  }
}

/** Whether the transaction could be ended; on a connection that was lost it cannot. */
async function rollback(client: Client): Promise<boolean> {
  const late = new Promise<false>(resolve => setTimeout(() => resolve(false), obeyMs).unref());
  const ended = client.query('rollback').then(
    () => true,
    () => false,
  );
  return Promise.race([ended, late]);
}

const ignore = () => {};

const settings: Readonly<Record<string, string>> = {
  timezone: 'UTC',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  // Compiling a query of many small expressions takes longer than most of them run.
  jit: 'off',
};

interface ServerState {
  readonly process: number;
  readonly version: number;
  readonly encoding: string;
}

/** The oldest version that has been tried, as the server numbers them. */
const leastVersion = 14;

/** Begins to read, and learns who answers. The first query closes the way back to writing. */
async function begin(client: Client, leftMs: number): Promise<ServerState> {
  await client.query('begin read only');
  const timeout = Math.min(Math.max(1, Math.ceil(leftMs)), longestTimeoutMs);
  const all = Object.entries({ ...settings, statement_timeout: String(timeout) });
  const parts = all.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, true)`);
  const { rows } = await client.query<ServerState>(
    `select pg_backend_pid() as process, current_setting('server_version_num')::int / 10000 as version,
current_setting('server_encoding') as encoding, ${parts.join(', ')}`,
    all.flat(),
  );
  const [state] = rows;
  if (state === undefined) throw new Error('the server says nothing of itself');
  return state;
}

/** Why a server's answers would not be those of others; null where they are. */
function strangeness({ version, encoding }: ServerState): string | null {
  if (version < leastVersion) return `it is PostgreSQL ${version}, and ${leastVersion} or later is needed`;
  return encoding === 'SQL_ASCII' ? 'its texts are in no encoding (SQL_ASCII), so letters cannot be told apart' : null;
}

function stopError(why: Stopped, { timeoutMs }: Limits): EngineError {
  return new EngineError(
    why === 'deadline' ? deadlinePassed(null, { seconds: timeoutMs / 1000 }) : cancelled(null, {}),
  );
}

/** The end of a query before its time, by the deadline or by the caller. */
class Stop {
  why: Stopped | null = null;
  /** The server's process that works for us, once it is known. */
  process: number | null = null;
  private readonly began = performance.now();
  private readonly timer: NodeJS.Timeout;
  private readonly abort = () => this.now('cancelled');
  private readonly waiting = new AbortController();
  private readonly over: Promise<never>;
  private isSettled = false;

  constructor(
    private readonly server: Server,
    private readonly limits: Limits,
  ) {
    this.over = new Promise<never>((_, reject) => {
      this.signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
    });
    this.over.catch(ignore);
    this.timer = setTimeout(() => this.now('deadline'), Math.min(limits.timeoutMs + graceMs, longestTimeoutMs));
    limits.signal?.addEventListener('abort', this.abort, { once: true });
    if (limits.signal?.aborted === true) this.now('cancelled');
  }

  /** Aborted when there is nothing left to wait for. */
  get signal(): AbortSignal {
    return this.waiting.signal;
  }

  private end(): void {
    this.waiting.abort();
  }

  get leftMs(): number {
    return this.limits.timeoutMs - (performance.now() - this.began);
  }

  /** Who stopped a query that the server ended without our call: its own clock, or somebody else. */
  orOthers(): Stopped {
    return this.leftMs <= graceMs ? 'deadline' : 'cancelled';
  }

  /** What comes first: the work, or the end of waiting for it. */
  orSooner<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.over, work]);
  }

  settle(): void {
    this.isSettled = true;
    clearTimeout(this.timer);
    this.limits.signal?.removeEventListener('abort', this.abort);
  }

  private now(why: Stopped): void {
    if (this.why !== null || this.isSettled) return;
    this.why = why;
    if (this.process === null) this.end();
    else void this.cancel(this.process);
  }

  /** Asks the server to end the query, from beside it and until it is heard: between two statements it would be lost. */
  private async cancel(process: number): Promise<void> {
    const deaf = setTimeout(() => this.end(), obeyMs);
    const client = new Client(this.server.config);
    client.on('error', ignore);
    try {
      await client.connect();
      while (!this.isSettled) {
        await client.query('select pg_cancel_backend($1)', [process]);
        await new Promise(resolve => setTimeout(resolve, 25));
      }
    } catch {
      this.end();
    } finally {
      clearTimeout(deaf);
      await client.end().catch(ignore);
    }
  }
}

/** Values as the server writes them, so that no digit is lost on the way; only truth is turned into a value. */
const asText: CustomTypesConfig = {
  getTypeParser: (type: number) => (value: unknown) => (type === 16 ? value === 't' : value),
};

/** The answer, cut by the server to so many rows, and here to what it may take. */
export async function fetchRows(
  client: Client,
  sql: string,
  parameters: readonly SqlParameter[],
  maxRows: number,
  maxBytes?: number,
): Promise<RawAnswer> {
  const gathered = new Gathered({ maxRows, maxBytes });
  const limited = `select * from (\n${sql}\n) as answer limit ${maxRows + 1}`;
  await pourRows(client, limited, parameters, async rows => {
    if (rows.every(row => gathered.add(row)) || gathered.rows.length === maxRows) return;
    // Nothing stops a server that is sending but the end of the connection.
    cut(client);
    throw new Enough();
  }).catch((error: unknown) => {
    if (!(error instanceof Enough)) throw error;
  });
  return gathered;
}

class Enough extends Error {}

/** So many rows are handed over together, and so many more are read at most while nobody takes them. */
const rowsTogether = 1000;

/**
 * Puts the rows of a query somewhere as they come; while they are not taken, the connection is not read, and the server
 * waits. The protocol for parameters takes one statement and no more.
 */
export async function pourRows(
  client: Client,
  sql: string,
  parameters: readonly SqlParameter[],
  put: (rows: RawAnswer['rows']) => Promise<void>,
): Promise<void> {
  const config = {
    text: sql,
    values: parameters.map(({ value }) => value),
    rowMode: 'array' as const,
    queryMode: 'extended',
    types: asText,
  };
  const query = new Query<RawValue[]>(config);
  const socket = client.connection.stream;
  let rows: RawValue[][] = [];
  let outcome: { readonly error: unknown } | 'finished' | null = null;
  let wake = ignore;
  query.on('row', row => {
    rows.push(row);
    if (rows.length < rowsTogether) return;
    socket.pause();
    wake();
  });
  query.on('end', () => {
    outcome = 'finished';
    wake();
  });
  query.on('error', error => {
    outcome = { error };
    wake();
  });
  client.query(query);
  try {
    for (;;) {
      if (outcome === null && rows.length < rowsTogether)
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      const ended = endOf(outcome);
      const found = rows;
      rows = [];
      if (found.length > 0) await put(found);
      if (ended) return;
      socket.resume();
    }
  } finally {
    socket.resume();
  }
}

/** Whether a query has given all of its rows; throws what went wrong. */
function endOf(outcome: { readonly error: unknown } | 'finished' | null): boolean {
  if (outcome !== null && outcome !== 'finished') throw outcome.error;
  return outcome === 'finished';
}
