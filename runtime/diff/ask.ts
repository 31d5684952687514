/** The same questions to two states of a project: many metrics in a statement, and few statements at once. */
import {
  compile,
  type Diagnostic,
  grouped,
  isZeroWhereEmpty,
  type Model,
  type Now,
  own,
} from '../../compiler/index.ts';
import type { Answer, AnswerColumn, Value } from '../answer.ts';
import { type Engine, type ExecuteOptions, Turnstile } from '../engine.ts';
import type { SoundlyRead } from '../project.ts';
import { projectHash, runCompiled } from '../run.ts';

export interface AskOptions extends Partial<ExecuteOptions> {
  readonly now: Now;
  /** Called before the first statement, and after each. */
  readonly progress: (done: number, all: number) => void;
}

/** A state and its own way to the warehouse, since files are read as each of them declares. */
export interface AskedSide {
  readonly project: SoundlyRead;
  readonly engine: Engine;
}

export interface Asking {
  readonly metric: string;
  readonly by: readonly string[];
  readonly period: string;
  /** Whether buckets without rows are left out. */
  readonly isSparse: boolean;
}

export interface SideAnswer {
  readonly column: AnswerColumn;
  /** Of the dimensions. */
  readonly keys: readonly AnswerColumn[];
  readonly period: string | null;
  readonly rows: readonly { readonly group: readonly Value[]; readonly value: Value }[];
  /** What the metric says of a group that has no row here. */
  readonly empty: Value;
  /** Whether there were more rows than are compared. */
  readonly isTruncated: boolean;
}

export type Answered =
  | { readonly kind: 'answered'; readonly before: SideAnswer; readonly after: SideAnswer }
  /** `reason` is that of the state which cannot answer. */
  | { readonly kind: 'refused'; readonly side: 'before' | 'after'; readonly reason: string };

export interface BothAnswers {
  readonly of: (asking: Asking) => Answered;
  /** How many statements were sent. */
  readonly statements: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Statements with more metrics are long, and one that is refused is halved until it is known which metric it was. */
const mostMetrics = 25;
const mostAtOnce = 4;
/** Groups beyond so many are not compared. */
const mostRows = 20_000;

export async function askBoth(
  before: AskedSide,
  after: AskedSide,
  askings: readonly Asking[],
  options: AskOptions,
): Promise<BothAnswers> {
  const sides = [new Side(before, options), new Side(after, options)] as const;
  const batches = [
    ...grouped(askings, ({ by, period, isSparse }) => JSON.stringify([by, period, isSparse])).values(),
  ].flatMap(chunks);
  let all = batches.length * sides.length;
  let done = 0;
  options.progress(done, all);
  const gate = new Turnstile(mostAtOnce);
  const work = (side: Side, batch: readonly Asking[]): Promise<void> =>
    gate
      .pass(() => side.ask(batch))
      .then(async halves => {
        done += 1;
        all += halves.length;
        options.progress(done, all);
        await Promise.all(halves.map(half => work(side, half)));
      });
  await Promise.all(batches.flatMap(batch => sides.map(side => work(side, batch))));
  const [old, now] = sides;
  return {
    of: asking => {
      const [was, is] = [old.answerTo(asking), now.answerTo(asking)];
      if (typeof was === 'string') return { kind: 'refused', side: 'before', reason: was };
      if (typeof is === 'string') return { kind: 'refused', side: 'after', reason: is };
      return { kind: 'answered', before: was, after: is };
    },
    statements: old.statements + now.statements,
    diagnostics: [...old.diagnostics, ...now.diagnostics],
  };
}

function chunks(askings: readonly Asking[]): readonly (readonly Asking[])[] {
  const count = Math.ceil(askings.length / mostMetrics);
  return Array.from({ length: count }, (_, index) => askings.slice(index * mostMetrics, (index + 1) * mostMetrics));
}

class Side {
  statements = 0;
  readonly diagnostics: Diagnostic[] = [];
  private readonly answers = new Map<string, SideAnswer | string>();

  constructor(
    private readonly asked: AskedSide,
    private readonly options: AskOptions,
  ) {}

  /** A refusal, or the answer. */
  answerTo(asking: Asking): SideAnswer | string {
    return this.answers.get(keyOf(asking)) ?? 'it was not asked';
  }

  /** Gives what must be asked again in parts. */
  async ask(batch: readonly Asking[]): Promise<readonly (readonly Asking[])[]> {
    const { project, engine } = this.asked;
    const [first] = batch;
    if (first === undefined) return [];
    const { by, period, isSparse } = first;
    const missing = batch.filter(({ metric }) => own(project.model.metrics, metric) === undefined);
    for (const asking of missing) this.answers.set(keyOf(asking), 'it is not there');
    const there = batch.filter(asking => !missing.includes(asking));
    if (there.length === 0) return [];
    const metrics = there.map(({ metric }) => metric);
    const { now } = this.options;
    const compiled = compile(project.model, { metrics, by, period, sparse: isSparse }, now, engine.dialect);
    if (compiled.statement !== null) this.statements += 1;
    const limits = { ...this.options, maxRows: mostRows };
    const { answer, diagnostics } = await runCompiled(project.model, engine, compiled, projectHash(project), limits);
    if (answer !== null) {
      for (const asking of there) this.answers.set(keyOf(asking), answerOf(asking.metric, answer, project.model));
      return [];
    }
    if (there.length > 1) {
      const middle = Math.ceil(there.length / 2);
      return [there.slice(0, middle), there.slice(middle)];
    }
    const reason = diagnostics.find(({ severity }) => severity === 'error');
    if (reason !== undefined) this.diagnostics.push(reason);
    this.answers.set(keyOf(first), reason?.message ?? 'it cannot be asked');
    return [];
  }
}

function keyOf({ metric, by, period }: Asking): string {
  return JSON.stringify([metric, by, period]);
}

function answerOf(metric: string, { columns, rows, meta }: Answer, model: Model): SideAnswer {
  const place = columns.findIndex(({ kind, name }) => kind === 'metric' && name === metric);
  const column = columns[place];
  if (column === undefined) throw new Error(`no column for ${metric}`);
  const asked = own(model.metrics, metric);
  const isZero = asked !== undefined && isZeroWhereEmpty(asked, model);
  const keys = columns.flatMap((each, index) => (each.kind === 'dimension' ? [{ each, index }] : []));
  return {
    column,
    keys: keys.map(({ each }) => each),
    period: meta.period,
    rows: rows.map(row => ({ group: keys.map(({ index }) => row[index] ?? null), value: row[place] ?? null })),
    empty: isZero ? 0 : null,
    isTruncated: meta.truncated,
  };
}
