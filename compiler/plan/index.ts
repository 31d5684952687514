/** Plan: the Model and a bound query in, the `Plan` out: facts, groups, arithmetic, order. No dialect is known here. */
import { bucketOf, formatDay, formatInterval, laterBucket } from '../calendar/index.ts';
import { type Diagnostic, tooManyBuckets, tooManyMeasures } from '../diagnostics/index.ts';
import type { Model } from '../model.ts';
import type { BoundQuery } from '../resolve/index.ts';
import { Clock } from './clock.ts';
import { Evaluator, withoutZero } from './evaluate.ts';
import { type Frame, frameKeys, planFacts, presentName, type Strategy } from './facts.ts';
import { type Groups, mostBuckets, planGroups } from './groups.ts';
import { labelsOf } from './labels.ts';
import type { NamedScalar, OutputColumn, Plan, Relation, Scalar, SortKey } from './plan.ts';
import { Reads } from './rows.ts';
import { column, operandsOf, withOperands } from './scalar.ts';
import { shareScalars } from './share.ts';
import { MeasureUses, mostMeasures } from './uses.ts';

export { planBehind } from './behind.ts';
export type { Strategy } from './facts.ts';
export { bucketLabels } from './labels.ts';
export type * from './plan.ts';
export { printPlan } from './print.ts';
export { verifyPlan } from './verify.ts';

export interface PlanResult {
  readonly plan: Plan | null;
  readonly diagnostics: readonly Diagnostic[];
}

export function planQuery(model: Model, query: BoundQuery, strategy: Strategy = 'optimised'): PlanResult {
  const clock = new Clock(model.settings.timeZone, model.settings.calendar);
  const grain = query.bucket?.grain ?? null;
  const taken = [...query.dimensions.map(dimension => dimension.name), ...(grain === null ? [] : [grain]), presentName];
  const uses = new MeasureUses(query.where, taken);
  const evaluator = new Evaluator(model, clock, uses);
  const metrics = query.metrics.map(metric => ({ name: metric.name, value: evaluator.metric(metric) }));
  uses.stopAsking();
  const having = query.having === null ? null : evaluator.expression(query.having, 'having');
  const refusal = refusalOf(query, uses);
  if (refusal !== null) return { plan: null, diagnostics: [refusal] };

  const reads = new Reads();
  const frame: Frame = {
    model,
    clock,
    reads,
    dimensions: query.dimensions,
    grain,
    period: query.period,
    uses,
    strategy,
  };
  const groups = planGroups(planFacts(frame), query, frame);
  const keys = keysInOrder(query, frame);
  const relation = sorted(
    select(groups, keys, metrics, having, scalar => evaluator.names.get(scalar)),
    query,
    model,
    keys,
  );
  return { plan: finish(relation, query, frame, keys), diagnostics: [] };
}

function refusalOf(query: BoundQuery, uses: MeasureUses): Diagnostic | null {
  if (uses.isFull) return tooManyMeasures(null, { count: uses.all.length, limit: mostMeasures });
  const { bucket, period } = query;
  if (bucket === null || period === null || query.isSparse) return null;
  const days = Math.min(period.until, query.now.day + 1) - period.from;
  const perDay = { hour: 24, day: 1, week: 1 / 7 };
  const rate =
    bucket.grain === 'hour' || bucket.grain === 'day' || bucket.grain === 'week' ? perDay[bucket.grain] : 1 / 28;
  const count = Math.ceil(days * rate);
  if (count <= mostBuckets) return null;
  return tooManyBuckets(null, { count, limit: mostBuckets, grain: bucket.grain, period: formatInterval(period) });
}

/** The key columns in the order in which they were asked. */
function keysInOrder(query: BoundQuery, frame: Frame): readonly OutputColumn[] {
  const keys: OutputColumn[] = query.dimensions.map(({ name, type, unit }) => ({
    name,
    kind: 'dimension',
    type,
    unit,
    isPercent: false,
  }));
  if (query.bucket === null) return keys;
  const bucket = frameKeys(frame).at(-1);
  const time: OutputColumn = {
    name: query.bucket.grain,
    kind: 'dimension',
    type: bucket?.type ?? 'date',
    unit: { kind: 'unspecified' },
    isPercent: false,
  };
  return keys.toSpliced(query.bucket.position, 0, time);
}

function select(
  groups: Groups,
  keys: readonly OutputColumn[],
  metrics: readonly NamedScalar[],
  having: Scalar | null,
  nameOf: (scalar: Scalar) => string | undefined,
): Relation {
  const dimensions = keys.map(key => ({ name: key.name, value: column(key.name, key.type) }));
  const simplify = withoutNeedlessZeros(groups.neverNull, nameOf);
  const roots = [...dimensions, ...metrics]
    .map(each => each.value)
    .concat(having ?? [])
    .map(simplify.rewrite);
  const shared = shareScalars(groups.relation, roots, simplify.nameOf);
  const condition = having === null ? null : (shared.roots.at(-1) ?? null);
  const input: Relation =
    condition === null ? shared.relation : { kind: 'filter', input: shared.relation, conditions: [condition] };
  const columns = [...dimensions, ...metrics].map((each, index) => ({
    name: each.name,
    value: shared.roots[index] ?? each.value,
  }));
  return { kind: 'project', input, columns };
}

/** `coalesce(n, 0)` where n is never null is n; what is one object stays one. */
function withoutNeedlessZeros(neverNull: ReadonlySet<string>, nameOf: (scalar: Scalar) => string | undefined) {
  const done = new Map<Scalar, Scalar>();
  const names = new Map<Scalar, string>();
  const rewrite = (scalar: Scalar): Scalar => {
    const known = done.get(scalar);
    if (known !== undefined) return known;
    const value = withoutZero(scalar);
    const isNeedless = value?.kind === 'column' && neverNull.has(value.name);
    const operands = operandsOf(scalar);
    const next = isNeedless ? value : operands.length === 0 ? scalar : withOperands(scalar, operands.map(rewrite));
    const name = nameOf(scalar);
    if (name !== undefined) names.set(next, name);
    done.set(scalar, next);
    return next;
  };
  return { rewrite, nameOf: (scalar: Scalar) => names.get(scalar) };
}

/** Rows come in the order that was asked, and beyond it in that of the dimensions, so that the order is total. */
function sorted(input: Relation, query: BoundQuery, model: Model, keys: readonly OutputColumn[]): Relation {
  const labels = (name: string) => {
    const dimension = query.dimensions.find(each => each.name === name);
    return dimension === undefined ? null : labelsOf(dimension, model);
  };
  const types = new Map([...keys, ...query.metrics].map(({ name, type }) => [name, type]));
  const asked: SortKey[] = query.order.map(({ column: name, isDescending }) => ({
    column: name,
    type: types.get(name) ?? 'unknown',
    isDescending,
    values: labels(name),
  }));
  const rest = keys.filter(key => !asked.some(each => each.column === key.name));
  const by = [
    ...asked,
    ...rest.map(({ name, type }) => ({ column: name, type, isDescending: false, values: labels(name) })),
  ];
  if (keys.length === 0 && query.limit === null) return input;
  return { kind: 'sort', input, by: keys.length === 0 ? [] : by, limit: query.limit };
}

function finish(
  relation: Relation,
  query: BoundQuery,
  { model, clock, reads }: Frame,
  keys: readonly OutputColumn[],
): Plan {
  const metrics: readonly OutputColumn[] = query.metrics.map(({ name, type, unit, isPercent }) => ({
    name,
    kind: 'metric',
    type,
    unit,
    isPercent,
  }));
  return {
    kind: 'plan',
    relation,
    columns: [...keys, ...metrics],
    timeZone: clock.timeZone,
    calendar: model.settings.calendar,
    period: query.period === null ? null : formatInterval(query.period),
    now: formatDay(query.now.day),
    partial: partialBuckets(query, clock),
    reads: reads.all,
  };
}

/** Intervals that are not whole: cut by the period, or not over yet. */
function partialBuckets(query: BoundQuery, clock: Clock): readonly string[] {
  const { period, now, bucket } = query;
  if (bucket === null)
    return period !== null && now.day >= period.from && now.day < period.until ? [formatDay(period.from)] : [];
  const grain = bucket.grain === 'hour' ? 'day' : bucket.grain;
  const current = bucketOf(grain, now.day, clock.calendar);
  const ends =
    period === null
      ? []
      : [bucketOf(grain, period.from, clock.calendar), bucketOf(grain, period.until - 1, clock.calendar)];
  const isPartial = (start: number) => {
    const next = laterBucket(grain, start, 1, clock.calendar);
    if (period !== null && (start >= period.until || next <= period.from)) return false;
    return start === current || (period !== null && (start < period.from || next > period.until));
  };
  return [...new Set([...ends, current])]
    .filter(isPartial)
    .sort((a, b) => a - b)
    .map(formatDay);
}
