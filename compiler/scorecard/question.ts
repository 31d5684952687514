/** An item of a scorecard in, the questions that are asked for it out. */
import { bucketOf, formatInterval, laterBucket, readPeriod } from '../calendar/index.ts';
import type { Text } from '../document/index.ts';
import type { Model, ScorecardItem } from '../model.ts';
import { own } from '../record.ts';
import { measuresOf, type Now, type Query, type WrittenQuestion } from '../resolve/index.ts';

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
  readonly goal: Asked | null;
  readonly trend: Asked | null;
  /** The metric by groups: the first, or the first and the last of them. */
  readonly groups: readonly Asked[];
  /** The metrics that are to be read beside it, each by itself. */
  readonly companions: readonly Asked[];
}

/** What is shown of a goal, beside its metric. */
export const goalParts = ['target', 'expected', 'attainment', 'gap', 'pace', 'landing', 'status'] as const;
const goalPartsOfGroups = ['target', 'attainment', 'pace', 'status'] as const;

/** Without `top` and `bottom`, groups beyond so many are left out, and it is said that there are more. */
export const mostGroups = 100;

/** Without a period of its own and an asked one, an item is about the month of now. */
export const defaultPeriod = 'this month';

export function questionsOf(item: ScorecardItem, asker: Asker, model: Model, now: Now): ItemQuestions {
  const { metric, goal, where, compare } = item;
  const period = periodOf(item, asker, model);
  const common = { where: where?.text, period, as: asker.as, user: asker.user };
  const compared =
    compare.length === 0 ? {} : { compare: compare.map(each => each.text), like_for_like: item.isLikeForLike };
  const asked = (query: Query, parts: Parts = {}): Asked => ({ query, written: writtenItem(item, parts) });
  const goalName = goal?.text ?? null;
  return {
    value: asked({ metrics: [metric.text], ...common, ...compared }),
    goal: goalName === null ? null : asked({ metrics: partsOf(goalName, goalParts), ...common }),
    trend: trendOf(item, { ...common, metrics: [metric.text] }, model, now, asked),
    groups: groupsOf(item, goalName, { ...common, ...(goalName === null ? compared : {}) }, asked),
    companions: (own(model.metrics, metric.text)?.balanceWith ?? [])
      .filter(name => name !== metric.text)
      .map(name => asked({ metrics: [name], ...common, ...compared })),
  };
}

/** What is asked goes before what the item says. What has no time axis is in no period: it is shown for all time. */
function periodOf({ metric, period }: ScorecardItem, asker: Asker, model: Model): string {
  const shown = own(model.metrics, metric.text);
  const measures = shown === undefined ? [] : measuresOf(shown.expression, name => own(model.metrics, name));
  const isTimeless = measures.some(({ time, lifespan }) => time === null && lifespan === null);
  if (isTimeless) return period?.text ?? 'all';
  return asker.period ?? period?.text ?? defaultPeriod;
}

type Parts = WrittenQuestion['parts'];

function partsOf(goal: string, parts: readonly string[]): readonly string[] {
  return parts.map(part => `${goal}.${part}`);
}

function writtenItem(item: ScorecardItem, parts: Parts): WrittenQuestion {
  const { file, at, path, metric, by, compare } = item;
  const one = (text: Text | null) => (text === null ? null : [text]);
  const common = { metrics: metric, as: metric, by, where: one(item.where), period: one(item.period), compare };
  return { file, at, path, parts: { ...common, ...parts } };
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
  return asked({ ...query, by: [step.unit], period }, { by: text, period: text });
}

function groupsOf(
  { metric, by, top, bottom }: ScorecardItem,
  goal: string | null,
  common: Omit<Query, 'metrics'>,
  asked: (query: Query) => Asked,
): readonly Asked[] {
  if (by.length === 0) return [];
  const metrics = [metric.text, ...(goal === null ? [] : partsOf(goal, goalPartsOfGroups))];
  const query = { ...common, metrics, by: by.map(each => each.text.trim()) };
  const column = goal === null ? metric.text : `${goal}.pace`;
  const first = asked({ ...query, order: [`${column} desc`], limit: top ?? mostGroups + 1 });
  const last = asked({ ...query, order: [column], limit: bottom ?? 0 });
  if (bottom === null) return [first];
  return top === null ? [last] : [first, last];
}
