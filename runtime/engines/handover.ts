/**
 * Rows handed over while they are read: work that puts lists of rows in, an iterable that gives them out one by one. The
 * work waits until each list is taken, and ends when nobody wants the rest or the time is over.
 */
import type { Limits, RawAnswer } from '../engine.ts';

type Rows = RawAnswer['rows'];

/** Waits until the rows are taken; throws when nobody will. */
export type Put = (rows: Rows) => Promise<void>;

/** Whoever waits for rows to be taken is given so much longer than the deadline, which the engine keeps by itself. */
const graceMs = 200;

export async function* handOver(
  limits: Limits,
  work: (limits: Limits, put: Put) => Promise<void>,
): AsyncGenerator<Rows> {
  const left = new AbortController();
  const signal = limits.signal === undefined ? left.signal : AbortSignal.any([limits.signal, left.signal]);
  const late = setTimeout(() => left.abort(), limits.timeoutMs + graceMs);
  const table = new Table(signal);
  const done = work({ ...limits, signal }, rows => table.put(rows)).then(
    () => table.close(null),
    (error: unknown) => table.close({ error }),
  );
  try {
    for (let rows = await table.take(); rows !== null; rows = await table.take()) yield rows;
  } finally {
    clearTimeout(late);
    left.abort();
    await done;
  }
}

/** A place for one list of rows, between one who puts and one who takes. */
class Table {
  private rows: Rows | null = null;
  private end: { readonly fault: { readonly error: unknown } | null } | null = null;
  private taken: (() => void) | null = null;
  private served: (() => void) | null = null;

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', () => this.taken?.(), { once: true });
  }

  async put(rows: Rows): Promise<void> {
    if (!this.signal.aborted) {
      this.rows = rows;
      this.served?.();
      await new Promise<void>(resolve => {
        this.taken = resolve;
      });
      this.taken = null;
    }
    if (this.signal.aborted) throw new Error('nobody takes the rows');
  }

  close(fault: { readonly error: unknown } | null): void {
    this.end = { fault };
    this.served?.();
  }

  /** Null when there are no more; throws what went wrong. */
  async take(): Promise<Rows | null> {
    if (this.rows === null && this.end === null)
      await new Promise<void>(resolve => {
        this.served = resolve;
      });
    this.served = null;
    if (this.end?.fault != null) throw this.end.fault.error;
    const { rows } = this;
    this.rows = null;
    this.taken?.();
    return rows;
  }
}
