/** Aggregates of values of finer groups: `avg(won_revenue per rep)`, `last(sum(snapshots.amount) per snapshots.taken_on)`. */
import { type Grain, isGrain } from '../calendar/index.ts';
import {
  badComplete,
  countOfNothing,
  datesByHour,
  distinctOf,
  noTimeToMove,
  oneTimeNeeded,
  severalGrains,
  wrongArgument,
} from '../diagnostics/index.ts';
import { type CallExpression, type CallScope, type DimensionWord, printFormula } from '../formula/index.ts';
import { type AggregateName, errorNode, type Measure, type MetricExpression, type Nested, type Per } from '../model.ts';
import { aggregateNamed, aggregateType, ordered } from './aggregates.ts';
import { membersBehind } from './completion.ts';
import { requireCondition } from './condition.ts';
import type { MetricContext } from './context.ts';
import { bindDimension, tablesAskedBy } from './dimension.ts';
import { type Level, resolveExpression } from './expression.ts';
import { measuresOf } from './walk.ts';

export function resolveNested(
  call: CallExpression,
  level: Level<MetricExpression>,
  context: MetricContext,
): Nested | typeof errorNode {
  const { locate, report } = context;
  const name = call.name.text;
  const { scope: written } = call;
  if (written === null || written.kind !== 'per') {
    const found = `\`${written?.kind ?? ''}\``;
    report(
      wrongArgument(locate(written?.at ?? call.at), { what: `\`${name}\``, expected: '`per` a dimension', found }),
    );
    return errorNode;
  }
  if (call.arguments.length === 0) {
    report(countOfNothing(locate(call.at), { name }));
    return errorNode;
  }
  if (call.distinct && name !== 'count') {
    report(distinctOf(locate(call.name.at), { name }));
    return errorNode;
  }
  const operands = call.arguments.map(argument => resolveExpression(argument, level));
  const having =
    written.having === null
      ? null
      : requireCondition(resolveExpression(written.having, level), written.having, { locate, report });
  if ([...operands, having].some(each => each?.type === 'unknown')) return errorNode;
  const inside = having === null ? operands : [...operands, having];
  const per = written.dimensions.map(each => resolvePer(each, inside, context));
  if (per.some(each => each === null)) return errorNode;
  const aggregate: AggregateName = call.distinct ? 'count_distinct' : aggregateNamed(name);
  const known = per.flatMap(each => each ?? []);
  const grains = known.flatMap(each => (each.kind === 'grain' ? [each.grain] : []));
  if (grains.length > 1) {
    report(severalGrains(locate(written.at), { grains }));
    return errorNode;
  }
  if (!isOrderPlain(aggregate, known, call, context)) return errorNode;
  const [grain] = grains;
  const read = inside.flatMap(each => measuresOf(each, context.resolved));
  if (grain !== undefined && !isCutBy(grain, read, written, context)) return errorNode;
  const type = aggregateType(aggregate, operands, {
    table: null,
    text: index => (call.arguments[index] === undefined ? '' : printFormula(call.arguments[index])),
    whole: locate(call.at),
    part: index => locate(call.arguments[index]?.at ?? call.at),
    report,
  });
  if (type === null) return errorNode;
  return { kind: 'nested', text: printFormula(call), aggregate, arguments: operands, per: known, having, ...type };
}

/** Whether every measure has a time that the grain can cut; else this has been reported. */
function isCutBy(
  grain: Grain,
  measures: readonly Measure[],
  { at }: CallScope,
  { locate, report }: MetricContext,
): boolean {
  const timeless = measures.find(({ time, lifespan }) => time === null && lifespan === null);
  const dated = grain === 'hour' ? measures.find(({ time }) => time?.type === 'date') : undefined;
  if (timeless !== undefined)
    report(noTimeToMove(locate(at), { form: `per ${grain}`, text: timeless.text, table: timeless.table }));
  else if (dated !== undefined) report(datesByHour(locate(at), { metric: dated.text, table: dated.table }));
  return timeless === undefined && dated === undefined;
}

/** `first` and `last` go by the one time in their `per`. */
function isOrderPlain(
  aggregate: AggregateName,
  per: readonly Per[],
  call: CallExpression,
  { locate, report }: MetricContext,
): boolean {
  if (!ordered.includes(aggregate)) return true;
  const times = per.filter(isTime);
  if (times.length === 1 && per.length === 1) return true;
  report(
    oneTimeNeeded(locate(call.scope?.at ?? call.at), {
      name: call.name.text,
      others: per.length - times.length,
      times: times.length,
    }),
  );
  return false;
}

/** Whether the groups of a `per` follow each other in time. */
function isTime(per: Per): boolean {
  return per.kind === 'grain' || per.dimension.type === 'date' || per.dimension.type === 'timestamp';
}

function resolvePer(word: DimensionWord, inside: readonly MetricExpression[], context: MetricContext): Per | null {
  const { path, every: isEvery } = word;
  const name = path.words.map(each => each.text).join('.');
  if (isGrain(name)) {
    return { kind: 'grain', grain: name, isEvery };
  }
  const { scope, locate, report } = context;
  const dimension = bindDimension(name, path, tablesAskedBy(path, inside, scope, context), scope, {
    subject: () => context.subject,
    verb: 'grouped',
    locate,
    report,
  });
  if (dimension === null) return null;
  if (isEvery && membersBehind(dimension, scope) === null) {
    report(badComplete(locate(path.at), { name, reason: 'no joined table lists its members' }));
    return null;
  }
  return { kind: 'dimension', dimension, isEvery };
}
