/**
 * A project that has been read and found sound, with the warehouse that it is asked of. Its engine is opened when it is first
 * needed, opened anew when the files that it has read are no longer those that are there, and closed when nobody uses it.
 */
import { LRUCache } from 'lru-cache';
import { type Compiled, compile, type Dialect, type Now, type Query, type Statement } from '../../compiler/index.ts';
import type { DataState, StreamingEngine } from '../engine.ts';
import type { SoundProject } from '../project.ts';
import { projectHash } from '../run.ts';
import { dialectOf, openWarehouse, type Profile } from '../warehouse.ts';

/** An engine for as long as it is needed, and the state of the data that it reads. */
export interface Lease {
  readonly engine: StreamingEngine;
  readonly state: Exclude<DataState, { kind: 'outdated' }>;
  /** The same once more, to be released by itself. */
  readonly again: () => Lease;
  readonly release: () => void;
}

/** Questions that are asked again and again are compiled once. */
const compiledKept = 500;
/** Files that change all the time are read as they come, and nothing is kept of them. */
const mostOpened = 3;

export class Loaded {
  readonly hash: string;
  readonly dialect: Dialect;
  private readonly compiled = new LRUCache<string, Compiled>({ max: compiledKept });
  private current: Opened | null = null;
  private users = 0;
  private isRetired = false;

  constructor(
    readonly project: SoundProject,
    readonly profile: Profile,
  ) {
    this.hash = projectHash(project);
    this.dialect = dialectOf(profile);
  }

  compile(query: Query, now: Now): Compiled {
    const key = JSON.stringify([query, now.day, now.hour]);
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    const compiled = compile(this.project.model, query, now, this.dialect);
    this.compiled.set(key, compiled);
    return compiled;
  }

  /** Keeps the engine open while `work` runs. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    this.users += 1;
    try {
      return await work();
    } finally {
      this.users -= 1;
      this.closeIfIdle();
    }
  }

  async lease(statement: Statement): Promise<Lease> {
    for (let opened = 1; ; opened += 1) {
      this.current ??= new Opened(openWarehouse(this.profile));
      const { current } = this;
      current.enter();
      try {
        const engine = await current.engine;
        const state = await engine.stateOf(statement, this.project.model);
        if (state.kind !== 'outdated') return leaseOf(current, engine, state);
        if (opened === mostOpened) return leaseOf(current, engine, { kind: 'unknown' });
        current.leave();
        this.giveUp(current);
      } catch (error) {
        current.leave();
        this.giveUp(current);
        throw error;
      }
    }
  }

  /** Another project has taken its place. */
  retire(): void {
    this.isRetired = true;
    this.closeIfIdle();
  }

  private closeIfIdle(): void {
    if (this.isRetired && this.users === 0 && this.current !== null) this.giveUp(this.current);
  }

  private giveUp(opened: Opened): void {
    if (this.current === opened) this.current = null;
    opened.retire();
  }

  /** Settles when the engine is closed. */
  async closed(): Promise<void> {
    const { current } = this;
    this.retire();
    await current?.closed;
  }
}

function leaseOf(opened: Opened, engine: StreamingEngine, state: Lease['state']): Lease {
  let isOver = false;
  return {
    engine,
    state,
    again: () => {
      opened.enter();
      return leaseOf(opened, engine, state);
    },
    release: () => {
      if (!isOver) opened.leave();
      isOver = true;
    },
  };
}

/** An engine that several use; closed when it is given up and the last of them has left. */
class Opened {
  readonly closed: Promise<void>;
  private end: () => void = () => {};
  private users = 0;
  private isRetired = false;

  constructor(readonly engine: Promise<StreamingEngine>) {
    const ended = new Promise<void>(resolve => {
      this.end = resolve;
    });
    this.closed = ended.then(async () => {
      const opened = await engine.catch(() => null);
      await opened?.close();
    });
  }

  enter(): void {
    this.users += 1;
  }

  leave(): void {
    this.users -= 1;
    if (this.isRetired && this.users === 0) this.end();
  }

  retire(): void {
    this.isRetired = true;
    if (this.users === 0) this.end();
  }
}
