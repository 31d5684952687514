/** What the runtime asks of an engine: the one place where SQL meets a database. */
import type { Diagnostic, Dialect, Model, Statement } from '../compiler/index.ts';

/** A cell as the engine hands it over: text for what JavaScript's numbers cannot hold. */
export type RawValue = string | number | boolean | null;

export interface RawAnswer {
  readonly rows: readonly (readonly RawValue[])[];
  /** Whether rows beyond the cap were left out. */
  readonly isTruncated: boolean;
}

/** When to give up. */
export interface Limits {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
}

export interface ExecuteOptions extends Limits {
  readonly maxRows: number;
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
