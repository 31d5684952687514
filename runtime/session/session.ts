/** A session: a project and its warehouse, asked by many. Every call says who asks, and how long and how much they want. */
import path from 'node:path';
import {
  type Diagnostic,
  type Model,
  type Now,
  noSuchDate,
  notAllowed,
  own,
  parseDay,
  type Query,
  querySources,
  type Role,
  type Scorecard,
  type Source,
  type Statement,
  unknownRole,
} from '../../compiler/index.ts';
import type { Answer } from '../answer.ts';
import { endOf, longestTimerMs, nowIn } from '../clock.ts';
import { foundInCompiling, runCompiled } from '../run.ts';
import { runScorecard, type ScorecardReading } from '../scorecard/index.ts';
import { type Row, type RowStream, streamCompiled } from '../stream.ts';
import { Answers } from './answers.ts';
import { type Asker, askedBy, type Principal } from './asker.ts';
import {
  type Catalogue,
  catalogueFor,
  type Drift,
  driftOf,
  type Explanation,
  explanationFor,
  type KnownMeanings,
} from './catalogue.ts';
import { Flights } from './flights.ts';
import { Gate } from './gate.ts';
import { defaultLimits, type SessionLimits } from './limits.ts';
import { type Build, LiveProject } from './live.ts';
import type { Loaded } from './loaded.ts';
import { asRefusal, Refusal, shownTo } from './refusal.ts';
import { type Asking, type Origin, type Shared, SharedEngine } from './shared.ts';

/** A question, as `schemas/query.schema.json` describes it, without who asks. */
export type Question = Omit<Query, 'as' | 'user'> & { readonly as_of?: string | undefined };

export interface OpenOptions {
  /** A warehouse profile of the project; without it, the default one. */
  readonly profile?: string | undefined;
  /** What time it is, in milliseconds since 1970; without it, the clock of the machine. */
  readonly clock?: (() => number) | undefined;
  readonly limits?: Partial<SessionLimits> | undefined;
  /** Whether files that change are read anew; without it, they are. */
  readonly reload?: 'watch' | 'never' | undefined;
  /** Told each time the project has been read anew. */
  readonly onBuild?: ((build: Build) => void) | undefined;
}

export interface Reply extends Answer {
  readonly warnings: readonly Diagnostic[];
  readonly statement: Statement;
  readonly origin: Origin;
}

export interface ScorecardReply extends ScorecardReading {
  /** When it was asked. */
  readonly now: Now;
  readonly warnings: readonly Diagnostic[];
}

export interface CompileReply {
  readonly statement: Statement;
  readonly warnings: readonly Diagnostic[];
}

/** See `openProject`. */
export function openSession(folder: string, options: OpenOptions): ProjectSession {
  return new ProjectSession(path.resolve(folder), options);
}

export class ProjectSession {
  readonly limits: SessionLimits;
  private readonly live: LiveProject;
  private readonly clock: () => number;
  private readonly shared: Shared;
  private readonly streams: Gate;
  private readonly ending = new AbortController();
  private readonly watching: Promise<void>;

  constructor(
    folder: string,
    { profile, clock = Date.now, limits, reload = 'watch', onBuild = () => {} }: OpenOptions,
  ) {
    this.limits = { ...defaultLimits, ...limits };
    this.clock = clock;
    this.live = new LiveProject({ folder, profile: profile ?? null, onBuild });
    const { atOnce, waiting, streams, cacheBytes } = this.limits;
    this.shared = {
      limits: this.limits,
      gate: new Gate(atOnce, waiting),
      flights: new Flights(),
      answers: new Answers(cacheBytes),
    };
    this.streams = new Gate(streams, waiting);
    this.watching = reload === 'watch' ? this.live.watch(this.ending.signal) : Promise.resolve();
  }

  /** The project that answers are given from, which stays what it is when files change. */
  get project() {
    return this.live.loaded.project;
  }

  /** The hash of the definitions that answers are given from. */
  get model(): string {
    return this.live.loaded.hash;
  }

  /** Why the files as they stand are not used; null where they are. */
  get problem(): Refusal | null {
    return this.live.problem;
  }

  get builds(): { readonly good: number; readonly failed: number } {
    return this.live.builds;
  }

  /** How many questions and streams are being answered. */
  get running(): { readonly questions: number; readonly streams: number } {
    return { questions: this.shared.gate.running, streams: this.streams.running };
  }

  async query(question: Question, asker: Asker): Promise<Reply> {
    return this.ask(asker, async loaded => {
      const { query, now, sources } = this.asked(question, asker, loaded);
      const compiled = loaded.compile(query, now);
      const asking = this.asking(asker, now);
      const engine = new SharedEngine(loaded, this.shared, asking);
      const { model } = loaded.project;
      const ran = await runCompiled(model, engine, compiled, loaded.hash, { ...asking.patience, ...asking.caps });
      const warnings = shownTo(asker.principal, ran.diagnostics);
      if (ran.answer === null || ran.statement === null) throw new Refusal(warnings, sources);
      return { ...ran.answer, warnings, statement: ran.statement, origin: engine.origin };
    });
  }

  /** Columns at once, and rows as they are read: no faster than they are taken. They are read to the end or given up with `break`. */
  async stream(question: Question, asker: Asker): Promise<RowStream> {
    return this.ask(asker, async loaded => {
      const { query, now, sources } = this.asked(question, asker, loaded);
      const compiled = loaded.compile(query, now);
      const refused = (found: readonly Diagnostic[]) => new Refusal(shownTo(asker.principal, found), sources);
      if (compiled.statement === null) throw refused(foundInCompiling(compiled, loaded.project.model));
      const { timeoutMs } = this.asking(asker, now).patience;
      const signal = asker.signal ?? new AbortController().signal;
      const release = await this.place(loaded, signal, timeoutMs);
      try {
        const lease = await loaded.lease(compiled.statement);
        release.also(() => lease.release());
        const { maxRows = Number.MAX_SAFE_INTEGER, maxBytes } = asker;
        const limits = { signal, timeoutMs, maxRows, maxBytes };
        const { model } = loaded.project;
        const { stream, diagnostics } = await streamCompiled(model, lease.engine, compiled, loaded.hash, limits);
        if (stream === null) throw refused(diagnostics);
        return released(stream, release, sources);
      } catch (error) {
        release.now();
        throw error;
      }
    });
  }

  /** The SQL of a question. Whether whoever asks may see it is up to the caller. */
  async compile(question: Question, asker: Asker): Promise<CompileReply> {
    return this.ask(asker, async loaded => {
      const { query, now, sources } = this.asked(question, asker, loaded);
      const compiled = loaded.compile(query, now);
      const warnings = shownTo(asker.principal, foundInCompiling(compiled, loaded.project.model));
      if (compiled.statement === null) throw new Refusal(warnings, sources);
      return { statement: compiled.statement, warnings };
    });
  }

  /** What a role is shown, to the role itself, or to whoever sees everything, on all rows. */
  async scorecard(
    role: string,
    asker: Asker,
    { period, as_of }: Pick<Question, 'period' | 'as_of'> = {},
  ): Promise<ScorecardReply> {
    return this.ask(asker, async loaded => {
      const { query, now, sources } = this.asked({ metrics: [], period, as_of }, asker, loaded);
      const { as, user } = query;
      if (as !== undefined && as !== role)
        throw new Refusal([notAllowed(null, { what: `ask for the scorecard of \`${role}\`` })], sources);
      const scorecard = scorecardOf(role, loaded.project.model);
      const asking = this.asking(asker, now);
      const engine = new SharedEngine(loaded, this.shared, asking);
      const options = { ...asking.patience, ...asking.caps, now, asker: { as, user, period } };
      const { reading, diagnostics } = await runScorecard(loaded.project, engine, scorecard, options);
      const warnings = shownTo(asker.principal, diagnostics);
      if (reading === null) throw new Refusal(warnings, sources);
      return { ...reading, now, warnings };
    });
  }

  /** The metrics that whoever asks can be told, and their dimensions. */
  async catalogue(asker: Pick<Asker, 'principal'>): Promise<Catalogue> {
    return this.ask(asker, async loaded => {
      const role = roleOf(asker.principal, loaded.project.model);
      return catalogueFor(loaded.project.model, role);
    });
  }

  /** What is said of a metric. */
  async explain(metric: string, asker: Pick<Asker, 'principal'>): Promise<Explanation> {
    return this.ask(asker, async ({ project }) =>
      explanationFor(metric, project.model, roleOf(asker.principal, project.model)),
    );
  }

  /** Which of these metrics mean something else now than whoever asks believes, and which there are not. */
  drift(known: KnownMeanings, { principal }: Pick<Asker, 'principal'>): readonly Drift[] {
    const { model } = this.project;
    return driftOf(known, model, roleOf(principal, model));
  }

  /** Settles when the warehouse answers; throws a `Refusal` when it does not. */
  async reach({ signal, timeoutMs = 5000 }: Pick<Asker, 'signal' | 'timeoutMs'> = {}): Promise<void> {
    const { loaded } = this.live;
    const nothing: Statement = {
      ...{ kind: 'statement', dialect: loaded.dialect.name, sql: 'select 1', parameters: [], columns: [], reads: [] },
    };
    const asker: Asker = { principal: 'everything', signal, timeoutMs };
    await this.ask(asker, async () => {
      const lease = await loaded.lease(nothing);
      try {
        await lease.engine.execute(nothing, { signal, timeoutMs, maxRows: 1 });
      } finally {
        lease.release();
      }
    });
  }

  /** Takes no more questions, lets those that are under way end, and closes the warehouse. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.watching;
    await this.live.loaded.closed();
  }

  private async ask<T>(asker: Pick<Asker, 'principal'>, work: (loaded: Loaded) => Promise<T>): Promise<T> {
    if (this.ending.signal.aborted) throw new Error('the session is closed');
    if (asker.principal === undefined)
      throw new Error('a question says who asks: `principal` is a role, or everything');
    const { loaded } = this.live;
    try {
      return await loaded.use(() => work(loaded));
    } catch (error) {
      throw asRefusal(error, []);
    }
  }

  /** The question as the compiler has it, when it is asked, and what findings may point into. */
  private asked(question: Question, { principal }: Asker, { project }: Loaded) {
    const { as_of, ...rest } = question;
    const query: Query = { ...rest, as: undefined, user: undefined, ...askedBy(principal) };
    const texts: readonly Source[] = [...querySources(query), { path: 'query.as_of', text: as_of ?? '' }];
    const sources = principal === 'everything' ? [...project.sources, ...texts] : texts;
    return { query, now: this.nowOf(as_of, project.model, sources), sources };
  }

  private nowOf(asOf: string | undefined, { settings }: Model, sources: readonly Source[]): Now {
    if (asOf === undefined) return nowIn(settings.timeZone, this.clock());
    const day = parseDay(asOf);
    if (day !== null) return endOf(day);
    throw new Refusal([noSuchDate({ file: 'query.as_of', start: 0, end: asOf.length }, { text: asOf })], sources);
  }

  private asking(asker: Asker, now: Now): Asking {
    const { limits } = this;
    return {
      reader: askedBy(asker.principal).as ?? null,
      today: now.day,
      caps: {
        maxRows: Math.min(asker.maxRows ?? limits.maxRows, limits.maxRows),
        maxBytes: Math.min(asker.maxBytes ?? limits.maxBytes, limits.maxBytes),
      },
      patience: {
        signal: asker.signal,
        timeoutMs: Math.min(asker.timeoutMs ?? limits.timeoutMs, limits.timeoutMs),
        since: performance.now(),
      },
    };
  }

  /** A place for a stream; it is given back when the stream ends, or when its time is over and nobody has read it. */
  private async place(loaded: Loaded, signal: AbortSignal, timeoutMs: number): Promise<Release> {
    await this.streams.enter(signal);
    const release = new Release(timeoutMs);
    release.also(() => this.streams.leave());
    const over = new Promise<void>(resolve => release.also(resolve));
    void loaded.use(() => over);
    return release;
  }
}

/** What is given back at the end, once. */
class Release {
  private steps: (() => void)[] = [];
  private readonly late: NodeJS.Timeout;

  constructor(timeoutMs: number) {
    const graceMs = 1000;
    this.late = setTimeout(() => this.now(), Math.min(timeoutMs + graceMs, longestTimerMs));
    this.late.unref();
  }

  also(step: () => void): void {
    this.steps.push(step);
  }

  now(): void {
    clearTimeout(this.late);
    for (const step of this.steps.splice(0)) step();
  }
}

function released(stream: RowStream, release: Release, sources: readonly Source[]): RowStream {
  return {
    columns: stream.columns,
    meta: stream.meta,
    get end() {
      return stream.end;
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<Row> {
      try {
        yield* stream;
      } catch (error) {
        throw asRefusal(error, sources);
      } finally {
        release.now();
      }
    },
  };
}

/** Null is nobody in particular. */
function roleOf(principal: Principal, { roles }: Model): Role | null {
  const { as: name } = askedBy(principal);
  if (name === undefined) return null;
  const role = own(roles, name);
  if (role !== undefined) return role;
  const span = { file: 'query.as', start: 0, end: name.length };
  throw new Refusal([unknownRole(span, { name })], [{ path: span.file, text: name }]);
}

function scorecardOf(role: string, { roles, scorecards }: Model): Scorecard {
  const span = { file: 'query.as', start: 0, end: role.length };
  const found = own(scorecards, role);
  if (own(roles, role) !== undefined && found !== undefined && found.sections.length > 0) return found;
  const help = own(roles, role) === undefined ? undefined : `\`${role}\` is a role without a scorecard`;
  throw new Refusal([unknownRole(span, { name: role, help })], [{ path: span.file, text: role }]);
}
