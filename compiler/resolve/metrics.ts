/** Metrics: declarations in, `Metric`s out. A metric is resolved when another names it, so that circles are seen. */
import { parseDay } from '../calendar/index.ts';
import {
  cycle,
  declaredUnit,
  didYouMean,
  nearest,
  noSuchDate,
  notATime,
  tooManySteps,
  unknownName,
  wrongUnit,
} from '../diagnostics/index.ts';
import {
  type BaselineDeclaration,
  type Freeze,
  type GoalDeclaration,
  type MetricDeclaration,
  spanOf,
  spanWithin,
  type Text,
  type Word,
} from '../document/index.ts';
import { type At, type PathExpression, parseFormula } from '../formula/index.ts';
import {
  type Baseline,
  baselineParts,
  errorNode,
  type Goal,
  goalParts,
  type Metric,
  type MetricExpression,
  type RowExpression,
  type Unit,
} from '../model.ts';
import { own, recordOf } from '../record.ts';
import type { Span } from '../source.ts';
import { additivityOf } from './additivity.ts';
import { resolveBaseline } from './baseline.ts';
import { type MetricContext, tablesOf } from './context.ts';
import { scaled } from './expression.ts';
import { resolveGoal } from './goal.ts';
import { checkPairs } from './goalpairs.ts';
import { checkedAxis } from './measure.ts';
import { isNumber, typeText } from './meeting.ts';
import { resolveMetricExpression } from './metric.ts';
import { checkWord, twice } from './naming.ts';
import { declaredTables } from './paths.ts';
import { resolveRow, rowsOf } from './row.ts';
import type { Scope } from './scope.ts';
import type { ResolvedTables } from './tables.ts';
import { isNone, type Meeting, meet, readUnit, unitText, unitWords } from './units.ts';

const longestChain = 64;

/** What is resolved together, since it has one namespace and stands on each other. */
export interface Declarations {
  readonly metrics: readonly MetricDeclaration[];
  readonly goals: readonly GoalDeclaration[];
  readonly baselines: readonly BaselineDeclaration[];
  /** What was frozen of each baseline, the latest last. */
  readonly freezes: readonly Freeze[];
  /** Baselines whose files cannot be believed, which has been reported. */
  readonly unread: ReadonlySet<string>;
}

export interface MetricsAndGoals {
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly goals: Readonly<Record<string, Goal>>;
  readonly baselines: Readonly<Record<string, Baseline>>;
}

/** `wanted` names the metrics to resolve with what they stand on; without it, all are. */
export function resolveMetrics(
  { metrics, goals, baselines, freezes, unread }: Declarations,
  { scope, addTable }: Pick<ResolvedTables, 'scope' | 'addTable'>,
  wanted?: readonly string[],
): MetricsAndGoals {
  const { report } = scope;
  const declared = new Map<string, MetricDeclaration>();
  const declaredGoals = new Map<string, GoalDeclaration>();
  const declaredBaselines = new Map<string, BaselineDeclaration>();
  const add = <T extends MetricDeclaration | GoalDeclaration | BaselineDeclaration>(
    kind: string,
    each: T,
    known: Map<string, T>,
  ) => {
    const { name, file } = each;
    const first = declared.get(name.text) ?? declaredGoals.get(name.text) ?? declaredBaselines.get(name.text);
    if (first === undefined) {
      known.set(name.text, each);
      checkWord(name, file, report);
    } else report(twice(kind, name.text, spanOf(file, name.at), spanOf(first.file, first.name.at)));
  };
  for (const metric of metrics) add('metric', metric, declared);
  for (const goal of goals) add('metric or goal', goal, declaredGoals);
  for (const baseline of baselines) add('metric, goal or baseline', baseline, declaredBaselines);
  /** What a goal gives, by its name. */
  const parts = new Map<string, GoalDeclaration>(
    [...declaredGoals].flatMap(([name, goal]) => goalParts.map(part => [`${name}.${part}`, goal] as const)),
  );
  const frozenParts = new Map<string, BaselineDeclaration>(
    [...declaredBaselines].flatMap(([name, each]) => baselineParts.map(part => [`${name}.${part}`, each] as const)),
  );
  const resolvedBaselines = new Map<string, Baseline>();
  const resolved = new Map<string, Metric | null>();
  const resolvedGoals = new Map<string, Goal>();
  const depths = new Map<string, number>();
  const open: string[] = [];
  const others = {
    metricNames: () => [...declared.keys(), ...parts.keys(), ...frozenParts.keys()],
    resolved: (other: string) => resolved.get(other),
  };

  /** What stands on others is resolved once, and only when those are: circles and long chains are found on the way. */
  const within = (name: string, at: Span, path: string, work: (used: Lookup) => readonly Metric[]): boolean => {
    if (open.includes(name)) {
      report(cycle(at, { steps: [...open.slice(open.indexOf(name)), name] }, { path }));
      return false;
    }
    const tooDeep = (first: string) => report(tooManySteps(at, { name: first, limit: longestChain }));
    if (open.length >= longestChain) {
      tooDeep(open[0] ?? name);
      return false;
    }
    let depth = 1;
    const used: Lookup = (other, place) => {
      const found = metric(other, place);
      depth = Math.max(depth, (depths.get(other) ?? 0) + 1);
      return found;
    };
    open.push(name);
    const made = work(used);
    open.pop();
    for (const { name: of } of made) depths.set(of, depth);
    if (made.length > 0 && depth > longestChain) tooDeep(name);
    for (const each of made) resolved.set(each.name, depth > longestChain ? null : each);
    return true;
  };

  const resolvedBaseline = (declaration: BaselineDeclaration, used: Lookup, use: 'judged' | 'asked') => {
    const name = declaration.name.text;
    const reason = unread.has(name) ? 'unread' : use;
    const day = declaration.frozenAt?.text ?? null;
    const freeze = freezes.findLast(each => each.baseline === name && (day === null || each.frozenAt === day)) ?? null;
    const found = resolveBaseline(declaration, { scope, metric: used, freeze, reason, addTable, ...others });
    if (found !== null) resolvedBaselines.set(name, found.baseline);
    return found?.metrics ?? [];
  };

  const metric = (name: string, user: Span | null): Metric | null | undefined => {
    const done = resolved.get(name);
    if (done !== undefined) return done;
    const goal = parts.get(name);
    const declaration = declared.get(name);
    const baseline = frozenParts.get(name);
    if (goal !== undefined) {
      const at = user ?? spanOf(goal.file, goal.name.at);
      const isDone = within(goal.name.text, at, `goals.${goal.name.text}`, used => {
        const judged = wanted === undefined ? 'all' : 'errors';
        const found = resolveGoal(goal, { scope, metric: used, judged, addTable, ...others });
        if (found !== null) resolvedGoals.set(goal.name.text, found.goal);
        return found?.metrics ?? [];
      });
      if (!isDone) return null;
    } else if (declaration !== undefined) {
      const at = user ?? spanOf(declaration.file, declaration.name.at);
      const isDone = within(name, at, `metrics.${open.at(-1)}.formula`, used => {
        const found = resolveMetric(declaration, scope, used, others);
        return found === null ? [] : [found];
      });
      if (!isDone) return null;
    } else if (baseline !== undefined) {
      const at = user ?? spanOf(baseline.file, baseline.name.at);
      const isDone = within(baseline.name.text, at, `baselines.${baseline.name.text}`, used =>
        resolvedBaseline(baseline, used, user === null && wanted === undefined ? 'judged' : 'asked'),
      );
      if (!isDone) return null;
    } else return undefined;
    if (!resolved.has(name)) resolved.set(name, null);
    return resolved.get(name);
  };

  const all = [...declared.keys(), ...parts.keys(), ...frozenParts.keys()];
  for (const name of wanted ?? all) metric(name, null);
  if (wanted === undefined) checkPairs([...resolvedGoals.values()], declaredGoals, scope.settings.calendar, report);
  for (const declaration of wanted === undefined ? declared.values() : []) checkMentions(declaration, declared, scope);
  return {
    metrics: recordOf(
      all.flatMap(name => {
        const found = resolved.get(name);
        return found === null || found === undefined ? [] : [[name, found] as const];
      }),
    ),
    goals: recordOf(resolvedGoals),
    baselines: recordOf(resolvedBaselines),
  };
}

type Lookup = (name: string, user: Span | null) => Metric | null | undefined;
type Resolved = (name: string, path: PathExpression) => Metric | null | undefined;

function resolveMetric(
  declaration: MetricDeclaration,
  scope: Scope,
  lookup: Lookup,
  others: Pick<MetricContext, 'metricNames' | 'resolved'>,
): Metric | null {
  const { formula, file, name } = declaration;
  if (formula === null) return null;
  const locate = (at: At) => spanWithin(file, formula, at);
  checkTable(declaration, scope);
  checkEnd(declaration, scope);
  const written = parseFormula(formula.text, locate, scope.report);
  const metric = (other: string, path: PathExpression) =>
    lookup(other, path.words.length === 0 ? null : locate(path.at));
  const { time } = declaration;
  const context = {
    scope,
    table: declaration.table?.text ?? null,
    time: time === null ? null : (table: string) => timeOf(time, table, declaration, scope),
    locate,
    report: scope.report,
    subject: name.text,
    metric,
    ...others,
  };
  const expression = resolveMetricExpression(written, context);
  if (expression.type === 'unknown') return null;
  const unit = metricUnit(declaration, expression, metric, scope);
  if (unit === null) return null;
  return {
    name: name.text,
    expression: unit.expression,
    formula: formula.text,
    type: unit.expression.type,
    unit: unit.unit,
    isPercent: unit.isPercent,
    values: null,
    additivity: additivityOf(expression, { metric: other => metric(other, nowhere), scope }),
    tables: tablesOf(expression, others),
    empty: declaration.empty,
    label: declaration.label,
    description: declaration.description,
    owner: declaration.owner,
    format: declaration.format,
    good: declaration.good,
    version: declaration.version,
    status: declaration.status,
    replacedBy: declaration.replacedBy?.text ?? null,
    ends: declaration.ends?.text ?? null,
    balanceWith: declaration.balanceWith.map(word => word.text),
    lens: declaration.lens,
    covers: declaration.covers,
    tags: declaration.tags,
    at: spanOf(file, formula.at),
  };
}

const nowhere: PathExpression = { kind: 'path', words: [], at: [0, 0] };

function checkTable({ table, file }: MetricDeclaration, scope: Scope): void {
  if (table === null || own(scope.graph, table.text) !== undefined) return;
  const help = didYouMean(
    nearest(
      table.text,
      declaredTables(scope.graph).map(each => each.name),
    ),
  );
  scope.report(unknownName(spanOf(file, table.at), { name: table.text, kind: 'table', help }));
}

function checkEnd({ ends, file }: MetricDeclaration, scope: Scope): void {
  if (ends === null || parseDay(ends.text) !== null || !/^\d{4}-\d{2}-\d{2}$/.test(ends.text)) return;
  scope.report(noSuchDate(spanOf(file, ends.at), { text: ends.text }, { help: 'dates are written 2026-03-05' }));
}

function timeOf(time: Text, table: string, { file }: MetricDeclaration, scope: Scope): RowExpression {
  const locate = (at: At) => spanWithin(file, time, at);
  const axis = resolveRow(parseFormula(time.text, locate, scope.report), scope, rowsOf(scope, table, locate));
  if (axis.type === 'unknown') return axis;
  if (axis.type === 'date' || axis.type === 'timestamp')
    return checkedAxis(axis, time.text, table, spanOf(file, time.at), scope);
  scope.report(notATime(spanOf(file, time.at), { what: 'the time axis', found: typeText(axis.type) }));
  return errorNode;
}

interface WithUnit {
  readonly expression: MetricExpression;
  readonly unit: Unit;
  readonly isPercent: boolean;
}

/** The declared unit held against the inferred one; kinds of time are converted, and an unspecified unit takes the declared. */
function metricUnit(
  declaration: MetricDeclaration,
  expression: MetricExpression,
  metric: Resolved,
  scope: Scope,
): WithUnit | null {
  if (declaration.unit === null) {
    const isPercent = expression.kind === 'metric' && metric(expression.name, nowhere)?.isPercent === true;
    return { expression, unit: expression.unit, isPercent };
  }
  const at = spanOf(declaration.file, declaration.unit.at);
  const reading = readUnit(declaration.unit.text, scope.settings.currency);
  if (reading.kind === 'wrong') {
    scope.report(wrongUnit(at, { text: declaration.unit.text, reason: reading.reason, units: unitWords }));
    return null;
  }
  const { unit, isPercent } = reading;
  if (unit.kind === 'mixed') {
    const reason = 'a metric is in one currency, not in those of a column';
    scope.report(wrongUnit(at, { text: declaration.unit.text, reason, units: unitWords }));
    return null;
  }
  const meeting: Meeting | null = isNumber(expression.type) ? meet(expression.unit, unit) : null;
  if (meeting === null || (isNone(expression.unit) && !isNone(unit))) {
    const inferred = isNumber(expression.type) ? unitText(expression.unit) : typeText(expression.type);
    scope.report(
      declaredUnit(at, {
        declared: declaration.unit.text,
        inferred: isNone(expression.unit) ? 'no unit' : inferred,
        currency: scope.settings.currency,
      }),
    );
    return null;
  }
  const converted = scaled(expression, meeting.leftScale / meeting.rightScale, { make: node => node });
  return { expression: converted, unit, isPercent };
}

/** `replaced_by` and `balance_with` name metrics that exist. */
function checkMentions(
  declaration: MetricDeclaration,
  declared: ReadonlyMap<string, MetricDeclaration>,
  scope: Scope,
): void {
  const mentions: readonly Word[] = [
    ...(declaration.replacedBy === null ? [] : [declaration.replacedBy]),
    ...declaration.balanceWith,
  ];
  for (const { text, at } of mentions) {
    if (declared.has(text)) continue;
    const help = didYouMean(nearest(text, declared.keys()));
    scope.report(unknownName(spanOf(declaration.file, at), { name: text, kind: 'metric', help }));
  }
  checkSuccessors(declaration, declared, scope);
}

/** Successors lead on to a metric that stays; a circle of them is told once, at the first of its names. */
function checkSuccessors(
  { name, replacedBy, file }: MetricDeclaration,
  declared: ReadonlyMap<string, MetricDeclaration>,
  scope: Scope,
): void {
  const steps = [name.text];
  let next = replacedBy?.text;
  while (next !== undefined && !steps.includes(next)) {
    steps.push(next);
    next = declared.get(next)?.replacedBy?.text;
  }
  if (replacedBy === null || next !== name.text || steps.some(step => step < name.text)) return;
  scope.report(
    cycle(spanOf(file, replacedBy.at), { steps: [...steps, name.text] }, { path: `metrics.${name.text}.replaced_by` }),
  );
}
