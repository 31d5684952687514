/** Cards: an item of a scorecard and the answers to its questions in, what is shown of it out. Nothing is asked here. */
import {
  type Asked,
  comparesWithOthers,
  type Goal,
  type GoalPart,
  goalParts,
  type ItemQuestions,
  type Labels,
  type Metric,
  type Model,
  mostGroups,
  own,
  type RowsQuery,
  type ScorecardItem,
} from '../../compiler/index.ts';
import type { Cell } from '../alerts.ts';
import type { Answer, AnswerColumn, Value } from '../answer.ts';

/** What a value is held against. */
export interface ComparisonReading {
  /** `prior_period`, `prior_year`, or the name of a baseline. */
  readonly with: string;
  /** What the baseline is called; null for the others. */
  readonly label: Labels | null;
  /** Whether what is not over yet was compared with as many days of before. */
  readonly isLikeForLike: boolean;
  readonly value: Cell;
  /** Null where the metric is no number. */
  readonly change: Cell | null;
  /** The change as a share of the size of the value before; of percentages, which change by points, there is none. */
  readonly growth: number | null;
}

/** What is known of a goal: `target`, `expected`, `pace` ... */
export type GoalReading = Readonly<Record<GoalPart, Cell>>;

export interface Trend {
  readonly grain: string;
  readonly period: string | null;
  readonly points: readonly { readonly bucket: string; readonly value: Value }[];
  /** Null where no point has a value. */
  readonly min: number | null;
  readonly max: number | null;
}

export interface GroupRow {
  readonly group: readonly Cell[];
  readonly value: Cell;
  readonly comparisons: readonly ComparisonReading[];
  readonly goal: Readonly<Partial<Record<GoalPart, Cell>>> | null;
  /** What the value is a part of, or a place among. */
  readonly of: Cell | null;
  /** Which end it was chosen from; null where all groups are shown. */
  readonly end: 'top' | 'bottom' | null;
}

export interface Groups {
  readonly by: readonly string[];
  readonly rows: readonly GroupRow[];
  /** Whether the values are places, of which the lowest is the best. */
  readonly arePlaces: boolean;
  /** Whether there are groups beyond those that are shown, though none were chosen. */
  readonly hasMore: boolean;
}

/** A metric that is to be read beside another. */
export interface Companion {
  readonly metric: Metric;
  /** Null where it cannot be asked as the other is; then `refusal` says why. */
  readonly value: Cell | null;
  readonly comparisons: readonly ComparisonReading[];
  readonly refusal: string | null;
}

export interface Card {
  readonly item: ScorecardItem;
  readonly metric: Metric;
  /** `YYYY-MM-DD..YYYY-MM-DD`; null for all time. */
  readonly period: string | null;
  /** Whether the period is not over yet. */
  readonly isPartial: boolean;
  readonly value: Cell;
  /** Whether the value is one for each group, and none for all together. */
  readonly isByGroup: boolean;
  /** What the value is a part of, or a place among. */
  readonly of: Cell | null;
  /** Whether it is not known since too few others could be compared. */
  readonly isAmongFew: boolean;
  readonly comparisons: readonly ComparisonReading[];
  readonly goal: GoalReading | null;
  /** The goal itself. */
  readonly about: Goal | null;
  readonly trend: Trend | null;
  readonly groups: Groups | null;
  readonly companions: readonly Companion[];
  /** Questions for the rows behind the value, for `metrics rows`: one for each table that is read. */
  readonly rows: readonly RowsQuery[];
}

/** The answer to a question that was asked, and why one was not. */
export interface Answers {
  readonly answer: (question: Asked) => Answer;
  readonly refusal: (question: Asked) => string | null;
}

export function cardOf(
  item: ScorecardItem,
  questions: ItemQuestions,
  model: Model,
  answers: Answers,
  rows: readonly RowsQuery[],
): Card {
  const { value, goal, baselines, trend, groups, companions } = questions;
  const answer = answers.answer(value);
  const isByGroup = questions.isByGroup && groups.length > 0;
  const [row] = isByGroup ? [] : answer.rows;
  const cell = cellOf(item.metric.text, row ?? [], answer);
  const of = item.of === null ? null : cellOf(item.of.text, row ?? [], answer);
  const isCompared = comparesWithOthers(item.metric.text, value.query.as ?? '', model);
  const card: Card = {
    item,
    metric: metricNamed(item.metric.text, model),
    period: answer.meta.period,
    isPartial: answer.meta.partial.length > 0,
    value: cell,
    isByGroup,
    of,
    isAmongFew: isCompared && row !== undefined && cell.value === null && (of?.value ?? null) === null,
    comparisons: [
      ...(isByGroup ? [] : comparisonsOf(item.metric.text, value, row ?? [], answer)),
      ...baselines.flatMap(baseline => {
        const found = answers.answer(baseline);
        return baselinesOf(baseline, found.rows[0] ?? [], found, model);
      }),
    ],
    goal: goal === null ? null : goalOf(goal, answers.answer(goal)),
    about: item.goal === null ? null : (own(model.goals, item.goal.text) ?? null),
    trend: trend === null ? null : trendOf(item.metric.text, answers.answer(trend)),
    groups: groups.length === 0 ? null : groupsOf(item, questions, model, answers),
    companions: companions.map(companion => companionOf(companion, model, answers)),
    rows,
  };
  return questions.isByGroup ? ofPlaces(card) : card;
}

/** Of places a change is so many places, and no share of the place before. */
function ofPlaces(card: Card): Card {
  const bare = <T extends Pick<GroupRow, 'comparisons'>>(each: T): T => ({
    ...each,
    comparisons: each.comparisons.map(comparison => ({ ...comparison, growth: null })),
  });
  return { ...bare(card), groups: card.groups === null ? null : { ...card.groups, rows: card.groups.rows.map(bare) } };
}

function metricNamed(name: string, model: Model): Metric {
  const metric = own(model.metrics, name);
  if (metric === undefined) throw new Error(`no metric ${name}`);
  return metric;
}

type Row = readonly Value[];

function cellOf(name: string, row: Row, { columns }: Answer): Cell {
  const index = columns.findIndex(column => column.name === name && column.kind === 'metric');
  const column = columns[index];
  if (column === undefined) throw new Error(`the answer has no column ${name}`);
  return { column, value: row[index] ?? null };
}

function comparisonsOf(metric: string, { query }: Asked, row: Row, answer: Answer): readonly ComparisonReading[] {
  const names = query.compare ?? [];
  const value = cellOf(metric, row, answer);
  return names.map(name => {
    const [before, change] = names.length === 1 ? ['prior', 'change'] : [name, `${name}_change`];
    const prior = cellOf(`${metric}.${before}`, row, answer);
    const isNumber = answer.columns.some(column => column.name === `${metric}.${change}`);
    const difference = isNumber ? cellOf(`${metric}.${change}`, row, answer) : null;
    const isPartial = answer.meta.partial.length > 0;
    const growth = value.column.unit === 'percent' ? null : growthOf(prior.value, difference?.value ?? null);
    const isLikeForLike = isPartial && query.like_for_like === true;
    return { with: name, label: null, isLikeForLike, value: prior, change: difference, growth };
  });
}

/** What a metric was by the baselines that a question names, which are comparisons like others. */
function baselinesOf({ query }: Asked, row: Row, answer: Answer, { baselines }: Model): readonly ComparisonReading[] {
  return query.metrics.flatMap(metric => {
    const [name = '', part] = metric.split('.');
    const baseline = own(baselines, name);
    if (baseline === undefined || part !== 'value') return [];
    const value = cellOf(`${name}.value`, row, answer);
    const change = cellOf(`${name}.difference`, row, answer);
    const growth = value.column.unit === 'percent' ? null : growthOf(value.value, change.value);
    return [{ with: name, label: baseline.label, isLikeForLike: false, value, change, growth }];
  });
}

function growthOf(before: Value, change: Value): number | null {
  const size = Math.abs(Number(before));
  return before === null || change === null || size === 0 ? null : Number(change) / size;
}

function goalOf({ query }: Asked, answer: Answer): GoalReading {
  const [row = []] = answer.rows;
  const part = (name: GoalPart) => cellOf(partName(query.metrics, name), row, answer);
  return {
    target: part('target'),
    expected: part('expected'),
    attainment: part('attainment'),
    gap: part('gap'),
    pace: part('pace'),
    landing: part('landing'),
    status: part('status'),
  };
}

/** `won_goal.pace` among the metrics of a question. */
function partName(metrics: readonly string[], part: string): string {
  return metrics.find(name => name.endsWith(`.${part}`)) ?? part;
}

function trendOf(metric: string, answer: Answer): Trend {
  const [bucket] = answer.columns;
  const points = answer.rows.map(row => ({ bucket: String(row[0]), value: cellOf(metric, row, answer).value }));
  const numbers = points.flatMap(({ value }) => (value === null ? [] : [Number(value)]));
  return {
    grain: bucket?.name ?? '',
    period: answer.meta.period,
    points,
    min: numbers.length === 0 ? null : Math.min(...numbers),
    max: numbers.length === 0 ? null : Math.max(...numbers),
  };
}

function groupsOf(
  item: ScorecardItem,
  { groups: questions, isByGroup }: Pick<ItemQuestions, 'groups' | 'isByGroup'>,
  model: Model,
  { answer: answerOf }: Answers,
): Groups {
  const { top, bottom, by } = item;
  const isChosen = top !== null || bottom !== null;
  const ends = top === null ? (['bottom'] as const) : (['top', 'bottom'] as const);
  const seen = new Set<string>();
  const rows = questions.flatMap((question, index) => {
    const answer = answerOf(question);
    const end = isChosen ? (ends[index] ?? null) : null;
    const found = answer.rows.slice(0, isChosen ? undefined : mostGroups).flatMap(row => {
      const group = keysOf(row, answer.columns);
      const key = JSON.stringify(group.map(cell => cell.value));
      if (seen.has(key)) return [];
      seen.add(key);
      const shown = groupRow(item, question, group, row, answer, end);
      const before = baselinesOf(question, row, answer, model);
      return [{ ...shown, comparisons: [...shown.comparisons, ...before] }];
    });
    // The last ones come from below, and are shown in the order of the first.
    return end === 'bottom' ? found.reverse() : found;
  });
  const hasMore = !isChosen && questions.some(question => answerOf(question).rows.length > mostGroups);
  return { by: by.map(each => each.text.trim()), rows, arePlaces: isByGroup, hasMore };
}

function keysOf(row: Row, columns: readonly AnswerColumn[]): readonly Cell[] {
  return columns.flatMap((column, index) =>
    column.kind === 'dimension' ? [{ column, value: row[index] ?? null }] : [],
  );
}

function groupRow(
  { metric, goal, of }: ScorecardItem,
  question: Asked,
  group: readonly Cell[],
  row: Row,
  answer: Answer,
  end: GroupRow['end'],
): GroupRow {
  const parts = goalParts.flatMap(part => {
    const name = question.query.metrics.find(each => each === `${goal?.text}.${part}`);
    return name === undefined ? [] : [[part, cellOf(name, row, answer)] as const];
  });
  return {
    group,
    value: cellOf(metric.text, row, answer),
    comparisons: comparisonsOf(metric.text, question, row, answer),
    goal: goal === null ? null : Object.fromEntries(parts),
    of: of === null ? null : cellOf(of.text, row, answer),
    end,
  };
}

function companionOf(question: Asked, model: Model, answers: Answers): Companion {
  const [name = ''] = question.query.metrics;
  const metric = metricNamed(name, model);
  const refusal = answers.refusal(question);
  if (refusal !== null) return { metric, value: null, comparisons: [], refusal };
  const answer = answers.answer(question);
  const [row = []] = answer.rows;
  return { metric, value: cellOf(name, row, answer), comparisons: comparisonsOf(name, question, row, answer), refusal };
}

/** How it goes: `off_track`, `at_risk`, `on_track`, `met`; null without a goal, and where it is not known. */
export function statusOf({ goal }: Pick<Card, 'goal'>): string | null {
  const status = goal?.status.value ?? null;
  return status === null ? null : String(status);
}

const urgency = ['off_track', 'at_risk'];

/** What needs a look comes first; the rest stays as it was written. */
export function byUrgency(cards: readonly Card[]): readonly Card[] {
  const place = (card: Card) => {
    const found = urgency.indexOf(statusOf(card) ?? '');
    return found === -1 ? urgency.length : found;
  };
  return cards.toSorted((a, b) => place(a) - place(b));
}
