/** Both states asked of one warehouse: the metrics whose meaning changed, with the groups that move most, and what flips with them. */
import {
  type Change,
  type Diagnostic,
  formatDay,
  type Metric,
  type Model,
  measuresOf,
  own,
} from '../../compiler/index.ts';
import type { AnswerColumn, Value } from '../answer.ts';
import { type Answered, type AskedSide, type Asking, type AskOptions, askBoth, type BothAnswers } from './ask.ts';
import { type Difference, differenceOf, isBeyond, sizeOf, type Tolerance } from './difference.ts';
import { chosenDimensions } from './dimensions.ts';
import { type AlertFlip, alertFlips, type GoalFlip, goalFlips, goalQuestions } from './flips.ts';

export interface DataOptions extends AskOptions {
  /** The last twelve months without it; what has no time axis is asked for all time. */
  readonly period: string | null;
  /** The dimensions by which groups are shown; those that go with each metric, where there are none. */
  readonly by: readonly string[];
  readonly tolerances: readonly Tolerance[];
}

export interface MovedGroup {
  readonly group: readonly Value[];
  readonly before: Value;
  readonly after: Value;
  readonly difference: Difference;
}

export interface MovedGroups {
  readonly by: string;
  readonly keys: readonly AnswerColumn[];
  /** Those that differ, the largest difference first. */
  readonly rows: readonly MovedGroup[];
  /** Of how many groups; null where there were too many to compare them all. */
  readonly of: number | null;
}

export interface MetricMove extends Omit<MovedGroup, 'group'> {
  readonly name: string;
  readonly metric: Metric;
  readonly column: AnswerColumn;
  readonly period: string | null;
  /** Month by month; empty where there is no time axis. */
  readonly trend: readonly { readonly bucket: string; readonly before: Value; readonly after: Value }[];
  readonly groups: readonly MovedGroups[];
  /** How far it may move, where anybody says so. */
  readonly tolerance: Tolerance | null;
  readonly isBeyond: boolean;
}

export interface DataDiff {
  readonly asOf: string;
  /** The largest relative difference first. */
  readonly moves: readonly MetricMove[];
  /** Metrics whose meaning changed and that one of the states cannot be asked for. */
  readonly refused: readonly { readonly name: string; readonly side: 'before' | 'after'; readonly reason: string }[];
  readonly goals: readonly GoalFlip[];
  readonly alerts: readonly AlertFlip[];
  /** How many statements were sent, those of alerts beside. */
  readonly statements: number;
  readonly diagnostics: readonly Diagnostic[];
}

export const usualPeriod = 'last 12 months';

export async function dataDiff(
  before: AskedSide,
  after: AskedSide,
  changes: readonly Change[],
  options: DataOptions,
): Promise<DataDiff> {
  const models = [before.project.model, after.project.model] as const;
  const questions = movedMetrics(changes, models).map(metric => questionsOf(metric, models, options));
  const goals = goalQuestions(changes, models, options.now);
  const asked = questions.flatMap(({ total, trend, groups }) => [total, ...(trend === null ? [] : [trend]), ...groups]);
  const answers = await askBoth(before, after, [...asked, ...goals], options);
  const moves: MetricMove[] = [];
  const refused: { name: string; side: 'before' | 'after'; reason: string }[] = [];
  for (const question of questions) {
    const total = answers.of(question.total);
    if (total.kind === 'refused') refused.push({ name: question.metric.name, side: total.side, reason: total.reason });
    else moves.push(moveOf(question, total, answers, options.tolerances));
  }
  return {
    asOf: formatDay(options.now.day),
    moves: moves.toSorted((a, b) => shareOf(b) - shareOf(a)),
    refused,
    goals: goalFlips(goals, answers),
    alerts: await alertFlips(before, after, changes, options),
    statements: answers.statements,
    diagnostics: answers.diagnostics,
  };
}

/** Metrics that mean something else and are there on both sides, those of goals and baselines aside. */
function movedMetrics(changes: readonly Change[], [before, after]: readonly [Model, Model]): readonly Metric[] {
  return changes.flatMap(({ effect, subject }) => {
    if (effect !== 'value' || !subject.startsWith('metrics.')) return [];
    const name = subject.slice('metrics.'.length);
    return own(before.metrics, name) === undefined ? [] : (own(after.metrics, name) ?? []);
  });
}

interface Questions {
  readonly metric: Metric;
  readonly total: Asking;
  readonly trend: Asking | null;
  readonly groups: readonly Asking[];
}

function questionsOf(metric: Metric, models: readonly [Model, Model], { period, by }: DataOptions): Questions {
  const { name } = metric;
  const isTimed = models.every(model => hasTime(name, model));
  const asked = { metric: name, period: isTimed ? (period ?? usualPeriod) : 'all' };
  return {
    metric,
    total: { ...asked, by: [], isSparse: true },
    trend: isTimed && asked.period !== 'all' ? { ...asked, by: ['month'], isSparse: false } : null,
    groups: chosenDimensions(name, models[1], by).map(each => ({ ...asked, by: [each], isSparse: true })),
  };
}

function hasTime(name: string, model: Model): boolean {
  const metric = own(model.metrics, name);
  if (metric === undefined) return false;
  const measures = measuresOf(metric.expression, each => own(model.metrics, each));
  return measures.every(({ time, lifespan }) => time !== null || lifespan !== null);
}

type Both = Extract<Answered, { kind: 'answered' }>;

function moveOf(
  { metric, trend, groups }: Questions,
  { before, after }: Both,
  answers: BothAnswers,
  tolerances: readonly Tolerance[],
): MetricMove {
  const { name } = metric;
  const [old, now] = [before, after].map(({ rows }) => rows[0]?.value ?? null);
  const values = { before: old ?? null, after: now ?? null };
  const difference = differenceOf(values.before, values.after);
  const said = tolerances.find(each => each.metric === name) ?? tolerances.find(each => each.metric === null);
  return {
    ...{ name, metric, column: after.column, period: after.period, ...values, difference },
    trend: trend === null ? [] : trendOf(answers.of(trend)),
    groups: groups.flatMap(asking => groupsOf(asking, answers.of(asking))),
    tolerance: said ?? null,
    isBeyond: said !== undefined && isBeyond(difference, said),
  };
}

function trendOf(answered: Answered): MetricMove['trend'] {
  return pairs(answered)
    .filter(({ group }) => group[0] !== null)
    .map(({ group, before, after }) => ({ bucket: String(group[0]), before, after }))
    .toSorted((a, b) => (a.bucket < b.bucket ? -1 : 1));
}

function groupsOf({ by }: Asking, answered: Answered): readonly MovedGroups[] {
  if (answered.kind === 'refused') return [];
  const all = pairs(answered).map(pair => ({ ...pair, difference: differenceOf(pair.before, pair.after) }));
  const size = ({ difference, before, after }: MovedGroup) => sizeOf(difference, before, after);
  const rows = all.filter(({ difference }) => !difference.isSame).toSorted((a, b) => size(b) - size(a));
  const isCut = answered.before.isTruncated || answered.after.isTruncated;
  return [{ by: by.join(', '), keys: answered.after.keys, rows: isCut ? [] : rows, of: isCut ? null : all.length }];
}

/** Rows of both sides by their groups. Of a group that one of them lacks, the metric says what it says without rows. */
function pairs(answered: Answered) {
  if (answered.kind === 'refused') return [];
  const { before, after } = answered;
  const found = new Map<string, { group: readonly Value[]; before: Value; after: Value }>();
  for (const { group, value } of before.rows)
    found.set(JSON.stringify(group), { group, before: value, after: after.empty });
  for (const { group, value } of after.rows) {
    const known = found.get(JSON.stringify(group));
    found.set(JSON.stringify(group), {
      group,
      before: known === undefined ? before.empty : known.before,
      after: value,
    });
  }
  return [...found.values()];
}

/** What has moved from nothing, or from zero, has moved most. */
function shareOf({ difference: { isSame, relative } }: MetricMove): number {
  return isSame ? -1 : Math.abs(relative ?? Number.POSITIVE_INFINITY);
}
