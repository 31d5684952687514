/**
 * The engine of a session, as one asker sees it: what is kept is not asked again, what is under way is waited for, and the
 * rest passes a gate. A statement is the plan after the rules of roles, so what two may share is what they would both be given.
 */
import { createHash } from 'node:crypto';
import { type Dialect, hasErrors, type Model, type Statement } from '../../compiler/index.ts';
import type { Engine, ExecuteOptions, RawAnswer } from '../engine.ts';
import type { Answers, Given } from './answers.ts';
import type { Flights, Patience } from './flights.ts';
import type { Gate } from './gate.ts';
import type { SessionLimits } from './limits.ts';
import type { Lease, Loaded } from './loaded.ts';

/** What the askers of a session have in common. */
export interface Shared {
  readonly limits: SessionLimits;
  readonly gate: Gate;
  readonly flights: Flights<Given>;
  readonly answers: Answers;
}

/** Where an answer came from: the warehouse, a question that was under way, or what is kept. */
export type Origin = 'warehouse' | 'shared' | 'kept';

/** One who asks. */
export interface Asking {
  /** The role; null for nobody in particular. */
  readonly reader: string | null;
  /** The day on which it is asked. */
  readonly today: number;
  /** What of the rows is wanted, which is part of what is shared. */
  readonly caps: Pick<ExecuteOptions, 'maxRows' | 'maxBytes'>;
  /** Over all statements of a question. */
  readonly patience: Patience;
}

export class SharedEngine implements Engine {
  readonly name: string;
  readonly dialect: Dialect;
  /** Of the statement that was asked last. */
  origin: Origin = 'kept';
  private readonly given = new Map<Statement, Given>();

  constructor(
    private readonly loaded: Loaded,
    private readonly shared: Shared,
    private readonly asking: Asking,
  ) {
    this.name = loaded.profile.engine;
    this.dialect = loaded.dialect;
  }

  /** Findings and rows are asked for together, since they are shared together. */
  async check(statement: Statement, model: Model): Promise<Given['findings']> {
    const given = await this.give(statement, model);
    this.given.set(statement, given);
    return given.findings;
  }

  async execute(statement: Statement): Promise<RawAnswer> {
    const raw = this.given.get(statement)?.raw ?? null;
    this.given.delete(statement);
    if (raw === null)
      throw new Error('a statement is checked before it is executed, and has no rows where that failed');
    return raw;
  }

  /** The engine belongs to the project. */
  async close(): Promise<void> {}

  private async give(statement: Statement, model: Model): Promise<Given> {
    const { answers, flights, gate } = this.shared;
    const lease = await this.loaded.lease(statement);
    try {
      const key = this.keyOf(statement, lease);
      const kept = answers.get(key);
      if (kept !== null) {
        this.origin = 'kept';
        return kept;
      }
      this.origin = flights.isUnderWay(key) ? 'shared' : 'warehouse';
      return await flights.join(key, this.asking.patience, async signal => {
        const own = lease.again();
        try {
          const given = await gate.pass(signal, () => this.ask(statement, model, signal, own));
          this.keep(key, given, own);
          return given;
        } finally {
          own.release();
        }
      });
    } finally {
      lease.release();
    }
  }

  private async ask(statement: Statement, model: Model, signal: AbortSignal, { engine }: Lease): Promise<Given> {
    const limits = { ...this.asking.caps, signal, timeoutMs: this.shared.limits.timeoutMs };
    const findings = await engine.check(statement, model, limits);
    if (hasErrors(findings)) return { findings, raw: null };
    const began = performance.now();
    const { rows, isTruncated } = await engine.execute(statement, limits);
    return { findings, raw: { rows, isTruncated, milliseconds: performance.now() - began } };
  }

  private keep(key: string, given: Given, { state }: Lease): void {
    const { answers, limits } = this.shared;
    if (given.raw === null) return;
    if (state.kind === 'known') answers.keep(key, given, null);
    else if (limits.freshMs > 0) answers.keep(key, given, limits.freshMs);
  }

  /**
   * Everything that an answer depends on. The SQL and its parameters say what is read, by which rules, and up to which hour
   * where hours are read; the role stands beside them so that nothing would cross from one to another even if it were wrong.
   */
  private keyOf({ sql, parameters, columns }: Statement, { state }: Lease): string {
    const { profile, hash } = this.loaded;
    const data = state.kind === 'known' ? state.text : null;
    const { reader, today, caps } = this.asking;
    const parts = [profile.engine, profile.name, hash, reader, today, data, sql, parameters, columns, caps];
    return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
  }
}
