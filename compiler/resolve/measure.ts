/** Measures: one aggregate over the rows of one table, from `sum(opportunities.amount where is_won) at closed_on`. */
import {
  argumentCount,
  countOfNothing,
  cycle,
  didYouMean,
  distinctOf,
  metricInRow,
  nearest,
  nestedAggregate,
  notATime,
  severalTimes,
  timeOfPeriod,
  unclearModifier,
  unknownName,
  whichTable,
  wholeTable,
} from '../diagnostics/index.ts';
import {
  type CallExpression,
  children,
  type Expression,
  type ModifiedExpression,
  type PathExpression,
  printFormula,
} from '../formula/index.ts';
import { type AggregateName, errorNode, type Lifespan, type Measure, type RowExpression } from '../model.ts';
import { own } from '../record.ts';
import type { Span } from '../source.ts';
import { aggregateNamed, aggregateType, isAggregate } from './aggregates.ts';
import { standingOf } from './circles.ts';
import { requireCondition } from './condition.ts';
import type { MeasureContext } from './context.ts';
import { momentNames } from './forms.ts';
import { readsInterval } from './interval.ts';
import { typeText } from './meeting.ts';
import { declaredTables, followPath } from './paths.ts';
import { resolveRow, rowsOf } from './row.ts';
import type { Scope } from './scope.ts';

/** An aggregate call with the modifiers in and behind its brackets taken together. */
interface Parts {
  readonly call: CallExpression;
  readonly arguments: readonly Expression[];
  readonly where: Expression | null;
  readonly lifespan: PathExpression | null;
  readonly time: PathExpression | null;
  /** Whatever was said about time, in and behind the brackets. */
  readonly times: readonly PathExpression[];
}

function partsOf(call: CallExpression, behind: ModifiedExpression | null): Parts {
  const modified = call.arguments.filter(argument => argument.kind === 'modified');
  const all = behind === null ? modified : [...modified, behind];
  const wheres = all.flatMap(each => each.where ?? []);
  const [first, ...others] = wheres;
  return {
    call,
    arguments: call.arguments.map(argument => (argument.kind === 'modified' ? argument.operand : argument)),
    where:
      first === undefined
        ? null
        : others.length === 0
          ? first
          : { kind: 'and', operands: wheres, at: [first.at[0], others.at(-1)?.at[1] ?? first.at[1]] },
    lifespan: all.find(each => each.lifespan !== null)?.lifespan ?? null,
    time: all.find(each => each.time !== null)?.time ?? null,
    times: all.flatMap(each => each.lifespan ?? each.time ?? []),
  };
}

export function resolveMeasure(
  call: CallExpression,
  behind: ModifiedExpression | null,
  context: MeasureContext,
): Measure | typeof errorNode {
  const { scope, locate, report } = context;
  const parts = partsOf(call, behind);
  const name = call.name.text;
  if (call.arguments.length === 0) {
    report(countOfNothing(locate(call.at), { name }));
    return errorNode;
  }
  const second = parts.times[1];
  if (second !== undefined) {
    report(severalTimes(locate(second.at), {}));
    return errorNode;
  }
  const inner = parts.arguments.find(argument => argument.kind === 'call' && isAggregate(argument.name.text));
  if (inner?.kind === 'call') {
    report(nestedAggregate(locate(inner.name.at), { outer: name, inner: inner.name.text }));
    return errorNode;
  }
  const events = parts.arguments.find(argument => argument.kind === 'conversions');
  if (events !== undefined) {
    report(metricInRow(locate(events.at), { name: 'conversions' }));
    return errorNode;
  }
  const [only] = parts.arguments;
  const counted = only?.kind === 'path' && only.words.length === 1 ? (only.words[0]?.text ?? '') : '';
  const isRowCount = own(scope.graph, counted) !== undefined;
  if (isRowCount && (name !== 'count' || call.distinct)) {
    report(wholeTable(locate(only?.at ?? call.at), { table: counted }));
    return errorNode;
  }
  if (isRowCount && call.arguments.length > 1) {
    report(argumentCount(locate(call.at), { name, expected: 'one table', found: call.arguments.length }));
    return errorNode;
  }
  const table = isRowCount ? counted : tableOf(parts, context);
  if (table === null) return errorNode;
  const lifespan = parts.lifespan === null ? null : lifespanOf(parts.lifespan, table, context);
  if (parts.lifespan !== null && lifespan === null) return errorNode;
  const rows = rowsOf(scope, table, locate, name);
  const operands = isRowCount ? [] : parts.arguments.map(argument => resolveRow(argument, scope, rows));
  const where =
    parts.where === null ? null : requireCondition(resolveRow(parts.where, scope, rows), parts.where, context);
  const time = lifespan === null ? axisOf(parts.time, table, context) : { axis: null, isDated: false };
  const isUndated = lifespan === null && time.axis === null;
  const aggregate: AggregateName = call.distinct ? 'count_distinct' : aggregateNamed(name);
  if (call.distinct && name !== 'count') {
    report(distinctOf(locate(call.name.at), { name }));
    return errorNode;
  }
  const type = aggregateType(aggregate, operands, {
    table,
    text: index => (parts.arguments[index] === undefined ? '' : printFormula(parts.arguments[index])),
    whole: locate(call.at),
    part: index => locate(parts.arguments[index]?.at ?? call.at),
    report,
  });
  const isBroken = [...operands, where, time.axis].some(each => each?.type === 'unknown');
  if (type === null || isBroken) return errorNode;
  const text = printFormula(behind === null ? call : { ...behind, operand: call });
  return {
    kind: 'measure',
    text,
    table,
    aggregate,
    arguments: operands,
    where,
    time: time.axis,
    isDated: time.isDated,
    lifespan: isUndated ? scope.valid(table) : lifespan,
    followedBy: null,
    ...type,
  };
}

/** The table that the first path names, else the metric's own, else the only one that has every path. */
function tableOf(parts: Parts, context: MeasureContext): string | null {
  const { scope, report, locate } = context;
  const expressions = [
    ...parts.arguments,
    ...(parts.where === null ? [] : [parts.where]),
    ...(parts.time === null ? [] : [parts.time]),
  ];
  const paths = expressions.flatMap(pathsIn);
  const isMoment = ({ words }: PathExpression) =>
    words.length === 1 && momentNames.some(moment => moment === words[0]?.text);
  const named = paths.filter(path => path.words.length > 0 && !isMoment(path));
  const first = named[0]?.words[0]?.text ?? '';
  if ((named[0]?.words.length ?? 0) > 1 && own(scope.graph, first) !== undefined) return first;
  if (context.table !== null) return own(scope.graph, context.table) === undefined ? null : context.table;
  const leads = (table: string, path: PathExpression) =>
    followPath(
      scope.graph,
      table,
      path.words.map(word => word.text),
    ).kind === 'found';
  const tables = declaredTables(scope.graph).map(table => table.name);
  const fitting = named.length === 0 ? [] : tables.filter(table => named.every(path => leads(table, path)));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  const metric = named.find(path => path.words.length === 1 && scope.isMetric(path.words[0]?.text ?? ''));
  if (fitting.length === 0 && metric !== undefined) {
    report(metricInRow(locate(metric.at), { name: metric.words[0]?.text ?? '' }));
    return null;
  }
  const orphans = named.filter(path => !tables.some(table => leads(table, path)));
  if (tables.length !== 1 && orphans.length > 0 && orphans.length === named.length) {
    for (const path of orphans) reportOrphan(path, context);
    return null;
  }
  const guess = fitting.length > 0 ? null : closestTable(named, scope, leads);
  if (guess !== null) return guess;
  report(whichTable(locate(parts.call.at), { tables: fitting }));
  return null;
}

/** A name that is neither a table nor a column of any. */
function reportOrphan(path: PathExpression, { scope, report, locate }: MeasureContext): void {
  const name = path.words.map(word => word.text).join('.');
  const tables = declaredTables(scope.graph);
  const candidates = [...tables.map(table => table.name), ...tables.flatMap(table => Object.keys(table.columns))];
  const suggestion = path.words.length === 1 ? nearest(name, candidates) : null;
  report(unknownName(locate(path.at), { name, kind: 'table or column', help: didYouMean(suggestion) }));
}

/** Where no table has all paths, the one that has most of them: what it lacks is then reported word by word. */
function closestTable(
  paths: readonly PathExpression[],
  scope: Scope,
  leads: (table: string, path: PathExpression) => boolean,
): string | null {
  let best: string | null = null;
  let most = 0;
  let isTied = false;
  const tables = declaredTables(scope.graph).map(table => table.name);
  for (const table of tables) {
    const count = paths.filter(path => leads(table, path)).length;
    if (count > most) [best, most, isTied] = [table, count, false];
    else if (count === most) isTied = true;
  }
  if (tables.length === 1) return tables[0] ?? null;
  return isTied ? null : best;
}

function pathsIn(expression: Expression): readonly PathExpression[] {
  if (expression.kind === 'path') return [expression];
  // The currency behind an amount is no column.
  if (expression.kind === 'call' && expression.name.text === 'convert') {
    const [amount, target] = expression.arguments;
    const time = target?.kind === 'modified' ? target.time : null;
    return [...(amount === undefined ? [] : pathsIn(amount)), ...(time === null ? [] : [time])];
  }
  const inner = children(expression);
  const isTruncation = expression.kind === 'call' && expression.name.text === 'date_trunc';
  return (isTruncation ? inner.slice(1) : inner).flatMap(pathsIn);
}

/** The lifespan of the measure's table that `while` names. */
function lifespanOf(path: PathExpression, table: string, { scope, locate, report }: MeasureContext): Lifespan | null {
  const words = path.words.map(word => word.text);
  const name = words.length === 2 && words[0] === table ? (words[1] ?? '') : words.join('.');
  const found = scope.lifespan(table, name);
  if (found !== undefined) return found;
  const names = scope.lifespanNames(table);
  const help =
    didYouMean(nearest(name, names)) ?? `give \`${table}\` \`lifespans: { ${name}: { from: ..., until: ... } }\``;
  report(unknownName(locate(path.at), { name, kind: 'lifespan', of: table, help }));
  return null;
}

/** The time axis of a measure: what `at` names, the metric's own, or the table's. */
export function axisOf(
  at: PathExpression | null,
  table: string,
  context: MeasureContext,
): { readonly axis: RowExpression | null; readonly isDated: boolean } {
  const { scope, locate, report } = context;
  if (at !== null) {
    const axis = resolveRow(at, scope, rowsOf(scope, table, locate));
    if (axis.type !== 'date' && axis.type !== 'timestamp' && axis.type !== 'unknown') {
      report(notATime(locate(at.at), { what: 'what stands after `at`', found: typeText(axis.type) }));
      return { axis: errorNode, isDated: true };
    }
    return { axis: checkedAxis(axis, printFormula(at), table, locate(at.at), scope), isDated: true };
  }
  if (context.time !== null) return { axis: context.time(table), isDated: true };
  return { axis: scope.axis(table), isDated: false };
}

/** A time axis, or an error where it depends on what is asked, or is read from rows that are found by it. */
export function checkedAxis(axis: RowExpression, text: string, table: string, at: Span, scope: Scope): RowExpression {
  if (readsInterval(axis, scope)) {
    scope.report(timeOfPeriod(at, { what: 'a time axis' }));
    return errorNode;
  }
  const { circle, dated } = standingOf(axis, table, scope);
  const through = circle ?? (dated === null ? null : [dated]);
  if (through === null) return axis;
  scope.report(cycle(at, { steps: [text, ...through, text] }, {}));
  return errorNode;
}

/** Offers both bracketings where it is not plain what a modifier belongs to: `sum(a) / sum(b) where x`. */
export function reportUnclearModifier(modified: ModifiedExpression, context: MeasureContext): void {
  const whole: ModifiedExpression = { ...modified, bracketed: true };
  const last = onLast(modified.operand, operand => ({ ...modified, operand, bracketed: false }));
  context.report(
    unclearModifier(context.locate(modified.modifiersAt), {
      modifier: modified.where !== null ? 'where' : modified.lifespan !== null ? 'while' : 'at',
      readings: [whole, ...(last === null ? [] : [last])].map(printFormula),
    }),
  );
}

/** The expression with its last aggregate or metric changed; null where it has none. */
function onLast(expression: Expression, change: (last: Expression) => Expression): Expression | null {
  switch (expression.kind) {
    case 'call':
    case 'path':
      return change(expression);
    case 'arithmetic':
    case 'comparison': {
      const right = onLast(expression.right, change);
      if (right !== null) return { ...expression, right };
      const left = onLast(expression.left, change);
      return left === null ? null : { ...expression, left };
    }
    case 'and':
    case 'or': {
      const [last, ...before] = expression.operands.toReversed();
      const changed = last === undefined ? null : onLast(last, change);
      return changed === null ? null : { ...expression, operands: [...before.toReversed(), changed] };
    }
    default:
      return null;
  }
}
