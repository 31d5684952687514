/** What the runtime asks of an engine: the one place where SQL meets a database. */
import type { Diagnostic, Dialect, Model, Statement } from '../compiler/index.ts';

/** A cell as the engine hands it over: text for what JavaScript's numbers cannot hold. */
export type RawValue = string | number | boolean | null;

export interface RawAnswer {
  readonly rows: readonly (readonly RawValue[])[];
  /** Whether rows beyond the cap were left out. */
  readonly isTruncated: boolean;
  /** How long it took, where it was not asked just now. */
  readonly milliseconds?: number;
}

/** When to give up. */
export interface Limits {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
}

export interface ExecuteOptions extends Limits {
  readonly maxRows: number;
  /** How much the rows may take, about; without it, as much as they need. */
  readonly maxBytes?: number | undefined;
}

export interface Engine {
  readonly name: string;
  readonly dialect: Dialect;
  /** Holds the tables and columns that a statement reads against the warehouse; files are loaded on the way. */
  readonly check: (statement: Statement, model: Model, limits: Limits) => Promise<readonly Diagnostic[]>;
  /** Throws an `EngineError` for whatever goes wrong. */
  readonly execute: (statement: Statement, options: ExecuteOptions) => Promise<RawAnswer>;
  readonly close: () => Promise<void>;
}

/** The data behind an answer: as long as the text is the same, so is the answer. */
export type DataState =
  | { readonly kind: 'known'; readonly text: string }
  /** Nobody can say whether it has changed. */
  | { readonly kind: 'unknown' }
  /** It has, and this engine does not read what is there now: it must be opened anew. */
  | { readonly kind: 'outdated' };

/** An engine that can hand rows over while it reads them, and reads no faster than they are taken. */
export interface StreamingEngine extends Engine {
  /** At which state of the data a statement would be answered now. */
  readonly stateOf: (statement: Statement, model: Model) => Promise<DataState>;
  /** The rows in small lists. Whatever goes wrong is thrown, half way too: rows that end without an error are all there are. */
  readonly stream: (statement: Statement, limits: Limits) => AsyncIterable<RawAnswer['rows']>;
}

/** Rows as they are gathered, until there are too many or they take too much. */
export class Gathered {
  readonly rows: (readonly RawValue[])[] = [];
  bytes = 0;
  isTruncated = false;

  constructor(private readonly limits: Pick<ExecuteOptions, 'maxRows' | 'maxBytes'>) {}

  /** Whether there is room for more behind it. */
  add(row: readonly RawValue[]): boolean {
    const bytes = this.bytes + bytesOf(row);
    if (this.rows.length >= this.limits.maxRows || bytes > (this.limits.maxBytes ?? Number.POSITIVE_INFINITY)) {
      this.isTruncated = true;
      return false;
    }
    this.rows.push(row);
    this.bytes = bytes;
    return true;
  }
}

/** About what a row takes: a list, and in each cell a number or a text. */
export function bytesOf(row: readonly RawValue[]): number {
  return row.reduce<number>((sum, cell) => sum + 16 + (typeof cell === 'string' ? cell.length : 0), 32);
}

/** What went wrong in an engine, as a diagnostic; `cause` keeps the engine's own words for the log. */
export class EngineError extends Error {
  constructor(
    readonly diagnostic: Diagnostic,
    options?: ErrorOptions,
  ) {
    super(diagnostic.message, options);
    this.name = 'EngineError';
  }
}

/** Queries that may run at once on an engine whose queries occupy threads that others need as well. */
export class Turnstile {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(places: number) {
    this.free = places;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.free === 0) await new Promise<void>(resolve => this.waiting.push(resolve));
    else this.free -= 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}
