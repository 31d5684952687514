/** A goal: its declaration in, the `Goal` with the metrics that it gives and the table in which its targets are kept out. */
import { bucketOf, type Day, formatDay, type Grain, isGrain, laterBucket, parseDay } from '../calendar/index.ts';
import {
  badTarget,
  didYouMean,
  goalDates,
  nearest,
  noSuchDate,
  noTimeAxis,
  rollupNeeded,
  rollupOfSum,
  statusBands,
  targetUnit,
  unknownName,
} from '../diagnostics/index.ts';
import { type GoalDeclaration, spanOf, spanWithin, type Word } from '../document/index.ts';
import { type At, parseFormula } from '../formula/index.ts';
import type {
  Additive,
  Dimension,
  Goal,
  Metric,
  MetricExpression,
  Table,
  TableSource,
  Target,
  Type,
  WrittenSource,
} from '../model.ts';
import type { Span } from '../source.ts';
import { additivityOf } from './additivity.ts';
import { type MetricContext, tablesOf } from './context.ts';
import { bindDimension } from './dimension.ts';
import { scaled } from './expression.ts';
import { formulaTarget, keptTarget, metricsOfGoal } from './goalmetrics.ts';
import { keptTable } from './kepttable.ts';
import { isNumber, typeText, valueText } from './meeting.ts';
import { resolveMetricExpression } from './metric.ts';
import { tableOfGoal } from './paths.ts';
import type { Scope } from './scope.ts';
import { plainNumber, readValues, type TargetContext } from './targets.ts';
import { meet } from './units.ts';
import { measuresOf } from './walk.ts';

export interface GoalContext extends Pick<MetricContext, 'metricNames' | 'resolved'> {
  readonly scope: Scope;
  /** Another metric, resolved; null where it is broken, which has been reported; undefined where there is none. */
  readonly metric: (name: string, user: Span | null) => Metric | null | undefined;
  /** Whether the goal is judged: only then is told what may be meant so. */
  readonly judged: TargetContext['judged'];
  readonly addTable: (table: Table) => void;
}

export interface ResolvedGoal {
  readonly goal: Goal;
  readonly metrics: readonly Metric[];
}

/** Null where the goal is broken, which has been reported. */
export function resolveGoal(declaration: GoalDeclaration, context: GoalContext): ResolvedGoal | null {
  const { scope } = context;
  const { file, name } = declaration;
  const grain = declaration.grain?.text ?? '';
  const metric = metricOf(declaration, context);
  const dates = datesOf(declaration, scope);
  const status = statusOf(declaration, scope);
  const written = metric === null ? null : targetOf(declaration, metric, context);
  if (metric === null || written === null || !isGrain(grain)) return null;
  if (dates === null || status === null || !haveTime(declaration, grain, metric, written, context)) return null;
  const tables = [...new Set([...metric.tables, ...written.tables])].sort();
  const by = dimensionsOf(declaration, metric, tables, scope);
  if (by === null || !isFixed(declaration, by, written, scope)) return null;
  const values =
    written.kind === 'values'
      ? readValues(written.target, { declaration, grain, by, scope, judged: context.judged })
      : null;
  const rollup = rollupOf(declaration, metric, written, scope);
  if (rollup === 'broken' || (written.kind === 'values' && values === null)) return null;
  const target: Target | null = written.kind === 'values' ? values : written.target;
  if (target === null) return null;
  const draft: Goal = {
    name: name.text,
    metric: metric.name,
    grain,
    target,
    by,
    rollup,
    pace: declaration.pace,
    status,
    ...spanOfTargets(target, dates, grain, scope),
    label: declaration.label,
    description: declaration.description,
    objective: declaration.objective,
    owner: declaration.owner,
    covers: declaration.covers,
    tags: declaration.tags,
    at: spanOf(file, name.at),
  };
  if (draft.from !== null && draft.until !== null && draft.until <= draft.from) {
    const reason = 'no target lies between `from` and `until`';
    const at = spanOf(file, (declaration.from ?? declaration.until ?? name).at);
    scope.report(goalDates(at, { reason, help: 'leave them out, or write targets for periods between them' }));
    return null;
  }
  const table = tableFor(draft, metric, scope);
  if (table !== null) context.addTable(table);
  const bound = table === null ? by : dimensionsOf(declaration, metric, [...tables, table.name].sort(), scope);
  if (bound === null) return null;
  const goal = { ...draft, by: bound };
  const expression =
    written.kind === 'formula'
      ? formulaTarget(goal, written.target.expression, written.additivity, metric, scope)
      : table === null
        ? null
        : keptTarget(goal, table, metric);
  if (expression === null) return null;
  const read = [...written.tables, ...(table === null ? [] : [table.name])];
  const additivity = additivityOfTarget(goal, metric, written);
  return {
    goal,
    metrics: metricsOfGoal({ goal, metric, target: expression, additivity, tables: [...new Set(read)].sort(), scope }),
  };
}

/** The metric that the goal is for. */
function metricOf({ metric: word, file }: GoalDeclaration, { metric, metricNames, scope }: GoalContext): Metric | null {
  if (word === null) return null;
  const at = spanOf(file, word.at);
  const found = metric(word.text, at);
  if (found === undefined) {
    const help = didYouMean(nearest(word.text, metricNames()));
    scope.report(unknownName(at, { name: word.text, kind: 'metric', help }));
  }
  if (found === undefined || found === null) return null;
  if (isNumber(found.type)) return found;
  const reason = `a goal is for a number, and \`${found.name}\` is ${typeText(found.type)}`;
  scope.report(badTarget(at, { reason, help: 'name a metric that is counted, summed or measured' }));
  return null;
}

type Written =
  | {
      readonly kind: 'number';
      readonly target: Extract<Target, { kind: 'number' }>;
      readonly tables: readonly string[];
    }
  | { readonly kind: 'values'; readonly target: ValuesDeclaration; readonly tables: readonly string[] }
  | {
      readonly kind: 'formula';
      readonly target: Extract<Target, { kind: 'formula' }>;
      readonly tables: readonly string[];
      readonly additivity: Additive;
    };
type ValuesDeclaration = Extract<NonNullable<GoalDeclaration['target']>, { kind: 'values' }>;

/** The target as it is written: a formula is resolved, a number is one that is plain. */
function targetOf(declaration: GoalDeclaration, metric: Metric, context: GoalContext): Written | null {
  const { target, file, name } = declaration;
  if (target === null) return null;
  if (target.kind === 'values') return { kind: 'values', target, tables: [] };
  const { scope } = context;
  const { text } = target;
  const value = plainNumber(text.text);
  if (value !== null) return { kind: 'number', target: { kind: 'number', value }, tables: [] };
  const locate = (at: At) => spanWithin(file, text, at);
  const whole = spanOf(file, text.at);
  const expression = resolveMetricExpression(parseFormula(text.text, locate, scope.report), {
    ...context,
    table: null,
    time: null,
    locate,
    report: scope.report,
    subject: name.text,
    metric: (other, path) => context.metric(other, path.words.length === 0 ? null : locate(path.at)),
  });
  if (expression.type === 'unknown') return null;
  const tables = tablesOf(expression, context);
  if (!isNumber(expression.type)) {
    const reason = `a target is a number, and this is ${typeText(expression.type)}`;
    scope.report(badTarget(whole, { reason, help: 'write a number, numbers by period, or a formula that gives one' }));
    return null;
  }
  if (tables.length === 0) {
    const reason = 'the target reads no table, so that it is the same for every period';
    scope.report(badTarget(whole, { reason, help: 'write the number that it comes to' }));
    return null;
  }
  const meeting = meet(expression.unit, metric.unit);
  if (meeting === null) {
    const [unit, found] = [valueText(metric), valueText(expression)];
    scope.report(targetUnit(whole, { metric: metric.name, unit, target: found }));
    return null;
  }
  const inUnit = scaled(expression, meeting.leftScale / meeting.rightScale, { make: (node: MetricExpression) => node });
  // A number that takes the unit of what it meets has met it: what is made of it is money too.
  const inItsUnit = inUnit.unit.kind === 'unspecified' ? { ...inUnit, unit: metric.unit } : inUnit;
  const additivity = additivityOf(expression, { metric: context.resolved, scope });
  return { kind: 'formula', target: { kind: 'formula', text: text.text, expression: inItsUnit }, tables, additivity };
}

/** Whether time passes for all that the goal reads. */
function haveTime(
  { name, metric: word, target, file }: GoalDeclaration,
  grain: Grain,
  metric: Metric,
  written: Written,
  { resolved, scope }: GoalContext,
): boolean {
  const isTimed = (expression: MetricExpression, at: Span) => {
    const measures = measuresOf(expression, resolved);
    const timeless = measures.find(({ time, lifespan }) => time === null && lifespan === null);
    if (timeless === undefined) return true;
    scope.report(noTimeAxis(at, { metric: timeless.text, table: timeless.table, asked: `by ${grain}` }));
    return false;
  };
  if (!isTimed(metric.expression, spanOf(file, (word ?? name).at))) return false;
  if (written.kind !== 'formula' || target?.kind !== 'formula') return true;
  return isTimed(written.target.expression, spanOf(file, target.text.at));
}

function dimensionsOf(
  { by, file, name }: GoalDeclaration,
  metric: Metric,
  tables: readonly string[],
  scope: Scope,
): readonly Dimension[] | null {
  const found = by.flatMap(text => {
    const locate = (at: At) => spanWithin(file, text, at);
    if (isGrain(text.text)) {
      const help = 'the time for which a target holds is said with `grain`';
      scope.report(unknownName(spanOf(file, text.at), { name: text.text, kind: 'dimension', help }));
      return [];
    }
    const path = parseFormula(text.text, locate, scope.report);
    if (path.kind !== 'path') {
      const help = 'a dimension is a column or a path: `rep.region`';
      if (path.kind !== 'error')
        scope.report(unknownName(spanOf(file, text.at), { name: text.text, kind: 'dimension', help }));
      return [];
    }
    const subject = (table: string) => (metric.tables.includes(table) ? metric.name : `${name.text}.target`);
    const asker = { subject, verb: 'grouped', locate, report: scope.report } as const;
    return bindDimension(path.words.map(word => word.text).join('.'), path, tables, scope, asker) ?? [];
  });
  return found.length < by.length ? null : found;
}

/** Whether targets can be kept by the dimensions; a number has none. */
function isFixed({ by, file }: GoalDeclaration, dimensions: readonly Dimension[], written: Written, scope: Scope) {
  const place = (index: number) => spanOf(file, (by[index] ?? by[0])?.at ?? [0, 0]);
  if (written.kind === 'number' && dimensions.length > 0) {
    const names = dimensions.map(dimension => dimension.name).join(', ');
    const reason = `one number says nothing of who has it, and when: the goal is kept by \`${names}\``;
    const help = `sum it over those who have it, such as \`target: sum(${written.target.value} where ...) while employed\`, or write a target for each`;
    scope.report(badTarget(place(0), { reason, help }));
    return false;
  }
  const allowed = ['string', 'integer', 'boolean', 'date'];
  const odd = dimensions.findIndex(({ type }) => !allowed.includes(type));
  if (odd < 0) return true;
  const reason = `targets cannot be kept by \`${dimensions[odd]?.name}\`, which is ${typeText(dimensions[odd]?.type ?? 'unknown')}`;
  scope.report(badTarget(place(odd), { reason, help: 'keep them by text, whole numbers or days' }));
  return false;
}

/** How targets of several periods become one; null where a formula gives it anew. */
function rollupOf(
  { rollup, name, file }: GoalDeclaration,
  metric: Metric,
  written: Written,
  scope: Scope,
): Goal['rollup'] | 'broken' {
  const addsUp = metric.additivity.time === 'sum';
  const at = spanOf(file, name.at);
  if (rollup === 'sum' && !addsUp) {
    scope.report(rollupNeeded(at, { goal: name.text, metric: metric.name, isSummed: true }));
    return 'broken';
  }
  if (rollup !== null && rollup !== 'sum' && addsUp)
    scope.report(rollupOfSum(at, { goal: name.text, metric: metric.name, rollup }));
  if (rollup !== null) return rollup;
  if (addsUp) return 'sum';
  if (written.kind === 'formula' && written.additivity.time !== 'sum') return null;
  scope.report(rollupNeeded(at, { goal: name.text, metric: metric.name, isSummed: false }));
  return 'broken';
}

interface Dates {
  readonly from: Day | null;
  readonly until: Day | null;
}

/** From when until when there are targets: days on which buckets begin. */
function datesOf({ from, until, grain: word, file }: GoalDeclaration, scope: Scope): Dates | null {
  const grain = word?.text ?? '';
  const { calendar } = scope.settings;
  const days = [from, until].map(each => (each === null ? null : dayAt(each, file, scope)));
  const [first, end] = days;
  if (first === undefined || end === undefined || first === 'broken' || end === 'broken' || !isGrain(grain))
    return null;
  for (const [written, day] of [[from, first] as const, [until, end] as const]) {
    if (written === null || day === null) continue;
    const start = bucketOf(grain, day, calendar);
    if (start === day) continue;
    const next = laterBucket(grain, start, 1, calendar);
    const reason = `${written.text} is within a ${grain}, and a target holds for the whole of it`;
    const help = `write ${formatDay(start)} or ${formatDay(next)}`;
    scope.report(goalDates(spanOf(file, written.at), { reason, help }));
    return null;
  }
  if (first === null || end === null || first < end || until === null) return { from: first, until: end };
  const reason = `targets that count from ${formatDay(first)} on cannot end on ${formatDay(end)}`;
  scope.report(
    goalDates(spanOf(file, until.at), { reason, help: '`until` is the first day on which they no longer count' }),
  );
  return null;
}

function dayAt(word: Word, file: string, scope: Scope): Day | 'broken' {
  const day = parseDay(word.text);
  if (day !== null) return day;
  // Of another shape it has been reported.
  if (/^\d{4}-\d{2}-\d{2}$/.test(word.text)) scope.report(noSuchDate(spanOf(file, word.at), { text: word.text }));
  return 'broken';
}

/** The days in which there are targets: those that are declared, and of values those between the first and the last. */
function spanOfTargets(
  target: Target,
  { from, until }: Dates,
  grain: Grain,
  { settings }: Scope,
): Pick<Goal, 'from' | 'until'> {
  const values = target.kind === 'values' ? target.values.map(value => parseDay(value.from) ?? 0) : [];
  const [first, last] = values.length === 0 ? [null, null] : [Math.min(...values), Math.max(...values)];
  const end = last === null ? null : laterBucket(grain, last, 1, settings.calendar);
  const text = (day: Day | null) => (day === null ? null : formatDay(day));
  const earliest = from === null || first === null ? (from ?? first) : Math.max(from, first);
  const latest = until === null || end === null ? (until ?? end) : Math.min(until, end);
  return { from: text(earliest), until: text(latest) };
}

function statusOf({ status, file }: GoalDeclaration, scope: Scope): Goal['status'] | null {
  const read = (word: Word | null, otherwise: string) => (word === null ? otherwise : plainNumber(word.text));
  const [onTrack, atRisk] = [read(status.onTrack, '1'), read(status.atRisk, '0.8')];
  const at = spanOf(file, (status.atRisk ?? status.onTrack)?.at ?? [0, 0]);
  if (onTrack === null || atRisk === null) {
    scope.report(statusBands(at, { reason: 'a band begins at a number such as 0.8' }));
    return null;
  }
  if (Number(atRisk) > 0 && Number(atRisk) <= Number(onTrack)) return { onTrack, atRisk };
  const reason =
    Number(atRisk) > 0
      ? `a goal is at risk from ${atRisk} on and on track from ${onTrack} on: between them it would be both`
      : `a band begins at a share of what is expected, and ${atRisk} is none`;
  scope.report(statusBands(at, { reason }));
  return null;
}

/** Where a goal has rows, or a `by` that formulas must keep to, the table that has them. */
function tableFor(goal: Goal, metric: Metric, scope: Scope): Table | null {
  const { target, by, grain } = goal;
  if (target.kind === 'formula' && by.length === 0) return null;
  const { from, until } = goal;
  const numbers =
    target.kind === 'values' ? target.values.map(({ value }) => value) : target.kind === 'number' ? [target.value] : [];
  const type: Type = numbers.every(value => !value.includes('.')) ? 'integer' : 'decimal';
  const sourceOf = (columns: WrittenSource['columns']): TableSource => {
    if (target.kind === 'number') return { kind: 'repeated', columns, grain, value: target.value, from, until };
    const values = target.kind === 'values' ? target.values : [];
    const counted = values.filter(
      value => (from === null || value.from >= from) && (until === null || value.from < until),
    );
    return { kind: 'written', columns, rows: counted.map(each => [each.from, ...each.group, each.value]) };
  };
  const values = [{ name: 'target', type, unit: metric.unit }];
  const { tables } = metric;
  return keptTable({ table: tableOfGoal(goal.name), bucket: grain, by, tables, values, at: goal.at }, sourceOf, scope);
}

/** An average adds up over nothing: it leaves out periods without a target, in which another group may have one. */
function additivityOfTarget({ rollup }: Goal, metric: Metric, written: Written): Additive {
  if (rollup === null && written.kind === 'formula') return written.additivity;
  if (rollup === null || rollup === 'avg') return { groups: 'none', time: 'none' };
  const groups =
    written.kind === 'formula' ? written.additivity.groups : metric.additivity.groups === 'sum' ? 'sum' : 'none';
  return { groups, time: rollup };
}
