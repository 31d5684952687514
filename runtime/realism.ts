/** Realism: a goal and the history of its metric in; how often what it asks for was reached before out. */
import { compile, type Diagnostic, type Goal, type Now, own, type Query } from '../compiler/index.ts';
import type { Value } from './answer.ts';
import type { Engine, ExecuteOptions } from './engine.ts';
import type { SoundProject } from './project.ts';
import { projectHash, runCompiled } from './run.ts';

/** How often a change as large as the one that is needed was made between two periods of history. */
export interface Step {
  /** The value from which the target is a change, and the share of its size that the change is. */
  readonly from: number;
  readonly needed: number;
  readonly made: number;
  readonly of: number;
}

export interface Realism {
  /** The first day of the period that the target is of. */
  readonly bucket: string;
  readonly target: number;
  /** Whole periods before it that have rows, and those of them that reached it. */
  readonly periods: number;
  readonly reached: number;
  /** The best of them, by the direction that is good. */
  readonly best: { readonly bucket: string; readonly value: number } | null;
  /** From the period before, and from the same one a year before; null where there is none, or it was 0. */
  readonly fromBefore: Step | null;
  readonly fromYearBefore: Step | null;
}

/** How many whole periods are looked at, and how many are a year. */
const histories: Readonly<Record<string, { readonly count: number; readonly unit: string; readonly year: number }>> = {
  day: { count: 400, unit: 'days', year: 364 },
  week: { count: 156, unit: 'weeks', year: 52 },
  month: { count: 60, unit: 'months', year: 12 },
  quarter: { count: 20, unit: 'quarters', year: 4 },
  half: { count: 10, unit: 'halves', year: 2 },
  year: { count: 10, unit: 'years', year: 1 },
  fiscal_quarter: { count: 20, unit: 'fiscal quarters', year: 4 },
  fiscal_half: { count: 10, unit: 'fiscal halves', year: 2 },
  fiscal_year: { count: 10, unit: 'fiscal years', year: 1 },
};

export interface RealismResult {
  /** Null where it cannot be said; then a finding says why, or there is no target now. */
  readonly realism: Realism | null;
  readonly diagnostics: readonly Diagnostic[];
}

export async function realismOf(
  project: SoundProject,
  engine: Engine,
  goal: Goal,
  options: Partial<ExecuteOptions> & { readonly now: Now },
): Promise<RealismResult> {
  const history = own(histories, goal.grain);
  if (history === undefined) return { realism: null, diagnostics: [] };
  const grain = goal.grain.replace('_', ' ');
  const target = `${goal.name}.target`;
  const current = await asked(
    { metrics: [target], by: [goal.grain], period: `this ${grain}` },
    project,
    engine,
    options,
  );
  if (current.rows === null) return { realism: null, diagnostics: current.diagnostics };
  const period = `last ${history.count} ${history.unit}`;
  const past = await asked({ metrics: [goal.metric], by: [goal.grain], period }, project, engine, options);
  if (past.rows === null) return { realism: null, diagnostics: past.diagnostics };
  const [bucket, wanted] = current.rows[0] ?? [];
  if (bucket === undefined || wanted === undefined || wanted === null) return { realism: null, diagnostics: [] };
  // Before its first row a metric has no history, whatever an empty sum is.
  const all = past.rows.map(([at, value]) => ({ bucket: String(at), value: value === null ? null : Number(value) }));
  const begun = all.slice(all.findIndex(({ value }) => value !== null && value !== 0));
  const isDown = own(project.model.metrics, goal.metric)?.good === 'down';
  return {
    realism: judged(String(bucket), Number(wanted), begun, history.year, isDown ? 'down' : 'up'),
    diagnostics: [],
  };
}

interface Bucket {
  readonly bucket: string;
  readonly value: number | null;
}

/** Pure: the periods of history in order, the last of them the one before the target's. */
export function judged(
  bucket: string,
  target: number,
  history: readonly Bucket[],
  yearLength: number,
  good: 'up' | 'down',
): Realism {
  const known = history.flatMap(({ bucket: at, value }) => (value === null ? [] : [{ bucket: at, value }]));
  const isBetter = (a: number, b: number) => (good === 'down' ? a <= b : a >= b);
  const best = known.reduce<(typeof known)[number] | null>(
    (found, each) => (found === null || !isBetter(found.value, each.value) ? each : found),
    null,
  );
  const step = (length: number): Step | null => {
    const from = history.at(-length)?.value ?? null;
    if (from === null || from === 0) return null;
    const needed = (target - from) / Math.abs(from);
    const changes = history.flatMap(({ value }, index) => {
      const before = history[index - length]?.value ?? null;
      return value === null || before === null || before === 0 ? [] : [(value - before) / Math.abs(before)];
    });
    return { from, needed, made: changes.filter(change => isBetter(change, needed)).length, of: changes.length };
  };
  const reached = known.filter(({ value }) => isBetter(value, target)).length;
  return {
    bucket,
    target,
    periods: known.length,
    reached,
    best,
    fromBefore: step(1),
    fromYearBefore: step(yearLength),
  };
}

async function asked(
  query: Query,
  project: SoundProject,
  engine: Engine,
  { now, ...limits }: Partial<ExecuteOptions> & { readonly now: Now },
): Promise<{ readonly rows: readonly (readonly Value[])[] | null; readonly diagnostics: readonly Diagnostic[] }> {
  const compiled = compile(project.model, query, now, engine.dialect);
  const { answer, diagnostics } = await runCompiled(project.model, engine, compiled, projectHash(project), limits);
  return { rows: answer?.rows ?? null, diagnostics };
}
