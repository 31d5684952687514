/** Plan: the Model and a bound query in, the `Plan` out: facts, groups, arithmetic, order. No dialect is known here. */
import { bucketOf, formatDay, formatInterval, laterBucket } from '../calendar/index.ts';
import { type Diagnostic, tooManyBuckets, tooManyMeasures, type Uncertainty } from '../diagnostics/index.ts';
import type { AggregateName, Model } from '../model.ts';
import type { BoundQuery } from '../resolve/index.ts';
import { OwnAccess } from './access.ts';
import { Clock } from './clock.ts';
import { FramePlan } from './evaluate.ts';
import { FactNames } from './facts.ts';
import { needsFence } from './fence.ts';
import { type Frame, frameKeys, type Strategy } from './frame.ts';
import { mostBuckets, planSpine } from './groups.ts';
import { labelsOf } from './labels.ts';
import type { OutputColumn, Plan, Relation, SortKey } from './plan.ts';
import { Reads } from './reads.ts';
import { benchmarkProblem, closedProblem, tellingProblem, timeProblem, timesOf } from './refuse.ts';
import { select } from './select.ts';
import { mostMeasures } from './uses.ts';

export { planBehind } from './behind.ts';
export type { Clock } from './clock.ts';
export { decidedBy } from './decision.ts';
export type { Strategy } from './frame.ts';
export { bucketLabels } from './labels.ts';
export type * from './plan.ts';
export { followedName } from './plan.ts';
export { printPlan } from './print.ts';
export {
  type Check,
  checksOf,
  type Fault,
  listedColumns,
  mostSamples,
  planCheck,
  planSamples,
  undeclaredName,
} from './probes.ts';
export { operandsOf } from './scalar.ts';
export { verifyPlan } from './verify.ts';

export interface PlanResult {
  readonly plan: Plan | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PlanWays {
  /** May be shared by the questions to one model: it remembers what it has looked up of the zone. */
  readonly clock: Clock;
  /** `refusals` gives no plan where nothing more can be found: what is closed to a role shows when all is planned. */
  readonly until: 'plan' | 'refusals';
}

export function planQuery(
  model: Model,
  query: BoundQuery,
  strategy: Strategy = 'optimised',
  { clock = clockFor(model), until = 'plan' }: Partial<PlanWays> = {},
): PlanResult {
  const reads = new Reads();
  const access = new OwnAccess(query.principal);
  const { where, now } = query;
  const context = {
    model,
    clock,
    reads,
    access,
    where,
    today: now.day,
    strategy,
    factNames: new FactNames(model),
    smaller: new Map(),
    benchmark: query.principal?.benchmark ?? null,
    telling: new Set<AggregateName>(),
    misplaced: new Set<Uncertainty>(),
  };
  const root = new FramePlan(context, query.dimensions, timesOf(query));
  const metrics = query.columns.map(({ name, expression }) => ({ name, value: root.expression(expression, name) }));
  const { having: condition } = query;
  const having = condition === null ? null : root.uses.withoutAsking(() => root.expression(condition, 'having'));
  const refusal = benchmarkProblem(query, root, context) ?? refusalOf(query, root);
  if (refusal !== null) return { plan: null, diagnostics: [refusal] };
  const seesAll = query.principal === null || query.principal.rules === null;
  if (until === 'refusals' && seesAll) return { plan: null, diagnostics: [] };

  const filling = { spine: planSpine(query, root.frame), completions: query.completions, newCuts: [], outer: [] };
  const groups = root.groups(filling);
  const keys = keysInOrder(query, root.frame);
  const relation = sorted(
    select(groups, keys, metrics, having, scalar => root.names.get(scalar)),
    query,
    model,
    keys,
  );
  const denied = closedProblem(access, query) ?? tellingProblem(context.telling, query);
  if (denied !== null) return { plan: null, diagnostics: [denied] };
  return { plan: finish(relation, query, root.frame, keys), diagnostics: [] };
}

export function clockFor({ settings: { timeZone, calendar } }: Model): Clock {
  return new Clock(timeZone, calendar);
}

function refusalOf(query: BoundQuery, root: FramePlan): Diagnostic | null {
  const count = root.all.reduce((sum, plan) => sum + plan.uses.measures.length, 0);
  if (count > mostMeasures) return tooManyMeasures(query.places.metrics, { count, limit: mostMeasures });
  for (const plan of root.all) {
    const found = timeProblem(plan, query);
    if (found !== null) return found;
  }
  const { bucket, period } = query;
  if (bucket === null || period === null || query.isSparse) return null;
  const days = Math.min(period.until, query.now.day + 1) - period.from;
  const perDay = { hour: 24, day: 1, week: 1 / 7 };
  const rate =
    bucket.grain === 'hour' || bucket.grain === 'day' || bucket.grain === 'week' ? perDay[bucket.grain] : 1 / 28;
  const buckets = Math.ceil(days * rate);
  if (buckets <= mostBuckets) return null;
  return tooManyBuckets(query.places.period, {
    count: buckets,
    limit: mostBuckets,
    grain: bucket.grain,
    period: formatInterval(period),
  });
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

/** Rows come in the order that was asked, and beyond it in that of the dimensions, so that the order is total. */
function sorted(input: Relation, query: BoundQuery, model: Model, keys: readonly OutputColumn[]): Relation {
  const labels = (name: string) => {
    const dimension = query.dimensions.find(each => each.name === name);
    return dimension === undefined ? null : labelsOf(dimension, model);
  };
  const types = new Map([...keys, ...query.columns].map(({ name, type }) => [name, type]));
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
  const metrics: readonly OutputColumn[] = query.columns.map(({ name, type, unit, isPercent }) => ({
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
    reader: query.principal?.role.name ?? null,
    isFenced: query.principal?.rules != null && needsFence(relation),
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
