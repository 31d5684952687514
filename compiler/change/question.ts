/**
 * Questions: what must be asked to tell why a metric moved, as ordinary queries. Each names columns that no model has, so
 * the model comes with it in which they are metrics: the value then, the parts of a ratio, the same step of earlier years.
 */
import {
  formatInterval,
  type Interval,
  isGrain,
  type Length,
  lengthOf,
  movedBack,
  ownLength,
  readPeriod,
} from '../calendar/index.ts';
import {
  boundedPeriodNeeded,
  changeByTime,
  type Diagnostic,
  notANumberToSplit,
  periodNotBegun,
} from '../diagnostics/index.ts';
import type { Metric, MetricExpression, Model } from '../model.ts';
import { own, recordOf } from '../record.ts';
import { comparisonStep, itemSpan, type Now, type Query, wholeSpan } from '../resolve/index.ts';
import { beginningsOf } from './beginning.ts';
import { type Parts, partsOf } from './parts.ts';

/** More earlier years than these say little about this one. */
const mostYears = 3;

export interface ChangeQuestion {
  readonly metric: Metric;
  readonly parts: Parts;
  /** What is compared: of a period that is not over, the days that have passed. */
  readonly period: Interval;
  readonly compared: Interval;
  /** The period as it was asked. */
  readonly asked: Interval;
  /** The same step in earlier years, the last year first; none where the step itself is of whole years. */
  readonly years: readonly EarlierYear[];
  readonly isWithinYear: boolean;
  /** The model in which the columns of the queries are metrics. */
  readonly model: Model;
  /** One row: now and before of the metric, then of its parts, then of each earlier year. */
  readonly totals: Query;
  /** One row: the first day of each thing that is measured. */
  readonly beginnings: Query | null;
  /** A row for each group: the group, now and before; of a ratio those of its numerator, then of its denominator. */
  readonly splits: readonly { readonly dimension: string; readonly query: Query }[];
}

export interface EarlierYear {
  readonly ago: number;
  readonly period: Interval;
  readonly compared: Interval;
}

export type ChangeReading =
  | { readonly kind: 'question'; readonly question: ChangeQuestion }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }
  /** It is not right as a query, and binding it says why. */
  | { readonly kind: 'unsound' };

/** `query` names one metric and one comparison. */
export function changeQuestion(model: Model, query: Query, now: Now): ChangeReading {
  const [name = ''] = query.metrics;
  const metric = own(model.metrics, name);
  const step = comparisonStep(query.compare?.[0] ?? '');
  const reading = query.period === undefined ? null : readPeriod(query.period, now.day, model.settings.calendar);
  if (metric === undefined || step === undefined || reading?.kind === 'wrong') return { kind: 'unsound' };
  if (metric.type !== 'integer' && metric.type !== 'decimal' && metric.type !== 'float')
    return refused(notANumberToSplit(itemSpan('metrics', query.metrics, 0), { metric: name }));
  const by = query.by ?? [];
  const grain = by.findIndex(each => isGrain(each.trim()));
  if (grain >= 0) return refused(changeByTime(itemSpan('by', by, grain), { grain: by[grain] ?? '' }));
  if (reading?.kind !== 'interval') return refused(boundedPeriodNeeded(wholeSpan('metrics', name), { form: 'why' }));
  const asked = reading.interval;
  if (asked.from > now.day)
    return refused(periodNotBegun(wholeSpan('period', query.period ?? ''), { period: formatInterval(asked) }));

  const period = { from: asked.from, until: Math.min(asked.until, now.day + 1) };
  const length = step === null ? ownLength(asked) : lengthOf(step.amount, step.unit);
  const isWithinYear = length.kind === 'days' || length.count % 12 !== 0;
  const years = isWithinYear ? earlierYears(period, length) : [];
  const parts = partsOf(name, model);
  const columns = new Columns(metric);
  const sides = sidesOf(metric, parts).map(each => columns.nowAndBefore(each, length));
  const earlier = years.flatMap(({ ago }) => columns.inYear(ago, length));
  const value = columns.nowAndBefore({ name, expression: referenceTo(metric) }, length);
  const totals = parts.kind === 'ratio' ? [...value, ...sides.flat(), ...earlier] : [...value, ...earlier];
  const begins = years.length === 0 ? [] : beginningsOf(metric.expression, model).map(each => columns.beginning(each));
  const common = { where: query.where, as: query.as, user: query.user };
  const inPeriod = { ...common, period: formatInterval(period) };
  const splits = by.map(dimension => ({
    dimension: dimension.trim(),
    query: { ...inPeriod, metrics: sides.flat(), by: [dimension] },
  }));
  return {
    kind: 'question',
    question: {
      metric,
      parts,
      period,
      compared: moved(period, length),
      asked,
      years,
      isWithinYear,
      model: { ...model, metrics: { ...model.metrics, ...columns.metrics() } },
      totals: { ...inPeriod, metrics: totals },
      beginnings: begins.length === 0 ? null : { ...common, metrics: begins },
      splits,
    },
  };
}

function refused(diagnostic: Diagnostic): ChangeReading {
  return { kind: 'refused', diagnostic };
}

/** A year, where months are compared; 52 weeks where days are, so that weekdays meet. */
function yearsBack(ago: number, step: Length): Length {
  return step.kind === 'months' ? { kind: 'months', count: 12 * ago } : { kind: 'days', count: 364 * ago };
}

function earlierYears(period: Interval, step: Length): readonly EarlierYear[] {
  return Array.from({ length: mostYears }, (_, index) => {
    const then = moved(period, yearsBack(index + 1, step));
    return { ago: index + 1, period: then, compared: moved(then, step) };
  });
}

function moved(interval: Interval, length: Length): Interval {
  const { from, until } = movedBack(interval, length);
  return { from: from ?? interval.from, until: until ?? interval.until };
}

interface NamedExpression {
  readonly name: string;
  readonly expression: MetricExpression;
}

function referenceTo({ name, type, unit }: Metric): MetricExpression {
  return { kind: 'metric', name, type, unit };
}

/** What is asked of each group, now and before. */
function sidesOf(metric: Metric, parts: Parts): readonly NamedExpression[] {
  const { name } = metric;
  if (parts.kind !== 'ratio') return [{ name, expression: referenceTo(metric) }];
  return [
    { name: `${name}.numerator`, expression: parts.numerator.expression },
    { name: `${name}.denominator`, expression: parts.denominator.expression },
  ];
}

/** Columns as metrics that are read from the tables of the one that they are about. */
class Columns {
  private readonly made = new Map<string, Metric>();

  constructor(private readonly metric: Metric) {}

  metrics(): Readonly<Record<string, Metric>> {
    return recordOf(this.made);
  }

  nowAndBefore({ name, expression }: NamedExpression, step: Length): readonly string[] {
    const { name: metric } = this.metric;
    const now = name === metric ? name : this.named(name, expression);
    return [now, this.named(`${name}.before`, movedExpression(expression, step))];
  }

  inYear(ago: number, step: Length): readonly string[] {
    const { name } = this.metric;
    const value = referenceTo(this.metric);
    const then = (expression: MetricExpression) => movedExpression(expression, yearsBack(ago, step));
    return [
      this.named(`${name}.years_ago_${ago}`, then(value)),
      this.named(`${name}.years_ago_${ago}.before`, then(movedExpression(value, step))),
    ];
  }

  beginning(expression: MetricExpression): string {
    return this.named(`${this.metric.name}.begins_${this.made.size}`, expression);
  }

  private named(name: string, expression: MetricExpression): string {
    const { type, unit } = expression;
    this.made.set(name, { ...this.metric, name, expression, type, unit, empty: null });
    return name;
  }
}

function movedExpression(operand: MetricExpression, { kind, count }: Length): MetricExpression {
  const step = { amount: count, unit: kind === 'days' ? 'day' : 'month' } as const;
  const { type, unit } = operand;
  return { kind: 'windowed', window: { kind: 'prior', step, isLikeForLike: false }, operand, type, unit };
}
