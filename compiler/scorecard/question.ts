/** An item of a scorecard in, the questions that are asked for it out. */
import { bucketOf, type Day, formatInterval, type Grain, isGrain, laterBucket, readPeriod } from '../calendar/index.ts';
import type { Text } from '../document/index.ts';
import { type Baseline, baselineParts, goalParts, type Model, type ScorecardItem } from '../model.ts';
import { grouped, own } from '../record.ts';
import { measuresOf, type Now, type Query, type WrittenQuestion } from '../resolve/index.ts';
import { isByItself } from './member.ts';
import { isPlace } from './place.ts';

/** Who asks, and for which period: it goes before what items say themselves. */
export interface Asker extends Pick<Query, 'as' | 'user'> {
  readonly period?: string | undefined;
}

/** A question, and where its words stand. */
export interface Asked {
  readonly query: Query;
  readonly written: WrittenQuestion;
}

export interface ItemQuestions {
  /** The metric, with its comparisons. */
  readonly value: Asked;
  /** A place is of each group, and none is of all together: then `value` is asked by groups, and is that of one at most. */
  readonly isByGroup: boolean;
  readonly goal: Asked | null;
  /** What it was by baselines, each by itself; those that are known of groups alone stand with these. */
  readonly baselines: readonly Asked[];
  readonly trend: Asked | null;
  /** The metric by groups: the first, or the first and the last of them. */
  readonly groups: readonly Asked[];
  /** The metrics that are to be read beside it, each by itself. */
  readonly companions: readonly Asked[];
}

/** What is shown of the goal of a group, beside its metric. */
const goalPartsOfGroups = ['target', 'attainment', 'pace', 'status'] as const;

/** Without `top` and `bottom`, groups beyond so many are left out, and it is said that there are more. */
export const mostGroups = 100;

/** What a metric is about without a period of its own and an asked one. */
const defaultPeriod = 'this month';

export function questionsOf(item: ScorecardItem, asker: Asker, model: Model, now: Now): ItemQuestions {
  const { metric, goal, where, compare, by } = item;
  const period = periodOf(item, asker, model, now);
  const common = { where: where?.text, period, as: asker.as, user: asker.user };
  const before = compare.filter(({ text }) => own(model.baselines, text) === undefined);
  const compared =
    before.length === 0 ? {} : { compare: before.map(each => each.text), like_for_like: item.isLikeForLike };
  const asked = (query: Query, parts: Parts = {}): Asked => ({ query, written: writtenItem(item, asker, parts) });
  const goalName = goal?.text ?? null;
  const metrics = [metric.text, ...(item.of === null ? [] : [item.of.text])];
  const isByGroup = by.length > 0 && isPlace(metric.text, model);
  const dimensions = by.map(each => each.text.trim());
  const isOwn = isByItself({ ...common, metrics, by: dimensions }, model, now);
  const grouped = isByGroup ? { by: dimensions } : {};
  const groups = isOwn
    ? []
    : groupsOf(item, metrics, { ...common, ...(goalName === null ? compared : {}) }, model, asked);
  const [first] = isByGroup ? groups : [];
  return {
    value: first ?? asked({ metrics, ...common, ...compared, ...grouped }),
    isByGroup,
    goal: goalName === null ? null : asked({ metrics: partsOf(goalName, goalParts), ...common }),
    baselines: compare.flatMap(text => {
      const baseline = own(model.baselines, text.text);
      const metrics = partsOf(text.text, baselineParts);
      const isAlone = baseline !== undefined && !isOfGroupsAlone(baseline, item);
      return isAlone ? [asked({ metrics, ...common }, { metrics: text })] : [];
    }),
    trend: trendOf(item, { ...common, metrics: [metric.text], ...grouped }, model, now, asked),
    groups,
    companions: (own(model.metrics, metric.text)?.balanceWith ?? [])
      .filter(name => name !== metric.text)
      .map(name => asked({ metrics: [name], ...common, ...compared })),
  };
}

/**
 * What is asked goes before what the item says, and without either a goal is about its own period of now, a metric about
 * the month. What has no time axis is in no period: it is shown for all time. An asked period that would cut a target in
 * two gives way to the one target in which its last day lies.
 */
function periodOf({ metric, goal, period }: ScorecardItem, asker: Asker, model: Model, now: Now): string {
  const shown = own(model.metrics, metric.text);
  const measures = shown === undefined ? [] : measuresOf(shown.expression, name => own(model.metrics, name));
  const isTimeless = measures.some(({ time, lifespan }) => time === null && lifespan === null);
  if (isTimeless) return period?.text ?? 'all';
  const grain = goal === null ? null : (own(model.goals, goal.text)?.grain ?? null);
  const said = period?.text ?? (grain === null ? defaultPeriod : wholeBucket(grain, now.day, model));
  if (asker.period === undefined) return said;
  return grain === null ? asker.period : uncut(asker.period, grain, model, now);
}

function wholeBucket(grain: Grain, day: Day, { settings: { calendar } }: Model): string {
  const from = bucketOf(grain, day, calendar);
  return formatInterval({ from, until: laterBucket(grain, from, 1, calendar) });
}

/** A period that begins with a bucket and ends with one, or with now; else the bucket of its last day. */
function uncut(period: string, grain: Grain, model: Model, now: Now): string {
  const { calendar } = model.settings;
  const reading = readPeriod(period, now.day, calendar);
  if (reading.kind !== 'interval') return period;
  const { from, until } = reading.interval;
  const begins = (day: Day) => bucketOf(grain, day, calendar) === day;
  return begins(from) && (begins(until) || until === now.day + 1) ? period : wholeBucket(grain, until - 1, model);
}

type Parts = WrittenQuestion['parts'];

function partsOf(goal: string, parts: readonly string[]): readonly string[] {
  return parts.map(part => `${goal}.${part}`);
}

function writtenItem(item: ScorecardItem, asker: Asker, parts: Parts): WrittenQuestion {
  const { file, at, path, metric, by, compare } = item;
  const one = (text: Text | null) => (text === null ? null : [text]);
  const asked = ['as', 'user', ...(asker.period === undefined ? [] : ['period'])];
  const common = { metrics: metric, by, where: one(item.where), period: one(item.period), compare };
  return { file, at, path, asked, parts: { ...common, ...parts } };
}

/** The last whole buckets before the end of the period, or before the bucket of now where the period is not over. */
function trendOf(
  { trend }: ScorecardItem,
  query: Query,
  { settings: { calendar } }: Model,
  now: Now,
  asked: (query: Query, parts: Parts) => Asked,
): Asked | null {
  if (trend === null) return null;
  const { step, text } = trend;
  const reading = readPeriod(query.period ?? 'all', now.day, calendar);
  const end = reading.kind === 'interval' ? Math.min(reading.interval.until, now.day) : now.day;
  const until = bucketOf(step.unit, end, calendar);
  const period = formatInterval({ from: laterBucket(step.unit, until, -step.amount, calendar), until });
  return asked({ ...query, by: [step.unit, ...(query.by ?? [])], period }, { by: text, period: text });
}

/** Whether the values that a baseline has add up to none of all, and groups are shown beside the whole. */
function isOfGroupsAlone({ frozen, by }: Baseline, item: ScorecardItem): boolean {
  return item.by.length > 0 && by.length > 0 && frozen?.isWhole === true;
}

function groupsOf(
  item: ScorecardItem,
  names: readonly string[],
  common: Omit<Query, 'metrics'>,
  model: Model,
  asked: (query: Query) => Asked,
): readonly Asked[] {
  const { metric, by, top, bottom, compare } = item;
  const goal = item.goal?.text ?? null;
  if (by.length === 0) return [];
  const before = compare.filter(({ text }) => {
    const baseline = own(model.baselines, text);
    return baseline !== undefined && isOfGroupsAlone(baseline, item);
  });
  const metrics = [
    ...names,
    ...(goal === null ? [] : partsOf(goal, goalPartsOfGroups)),
    ...before.flatMap(({ text }) => partsOf(text, baselineParts)),
  ];
  const query = { ...common, metrics, by: by.map(each => each.text.trim()) };
  const column = goal === null ? metric.text : `${goal}.pace`;
  // The first place is the lowest number.
  const [best, worst] = isPlace(metric.text, model) ? [column, `${column} desc`] : [`${column} desc`, column];
  const first = asked({ ...query, order: [best], limit: top ?? mostGroups + 1 });
  const last = asked({ ...query, order: [worst], limit: bottom ?? 0 });
  if (bottom === null) return [first];
  return top === null ? [last] : [first, last];
}

/**
 * Questions that differ in their metrics alone, together: what a metric says depends on nothing that is asked beside it.
 * Groups are asked by themselves, since another metric would bring rows that this one does not have.
 */
export function together(questions: readonly Asked[]): readonly (readonly [Asked, ...Asked[]])[] {
  const keyOf = ({ query: { metrics: _, ...rest } }: Asked, index: number) => {
    const [grain = '', ...dimensions] = rest.by ?? [];
    const isAlone = rest.order !== undefined || dimensions.length > 0 || (grain !== '' && !isGrain(grain));
    return isAlone ? String(index) : JSON.stringify(rest);
  };
  const keys = new Map(questions.map((question, index) => [question, keyOf(question, index)] as const));
  return [...grouped(questions, question => keys.get(question) ?? '').values()];
}

/** One question for the metrics of all. */
export function joined([first, ...others]: readonly [Asked, ...Asked[]]): Query {
  const metrics = [first, ...others].flatMap(({ query }) => query.metrics);
  return { ...first.query, metrics: [...new Set(metrics)] };
}
