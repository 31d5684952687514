/** Additivity: which values of groups and of times may be added up to that of both. Inferred from the expression. */
import type { Additive, Additivity, FunctionName, Metric, MetricExpression, Nested } from '../model.ts';
import { additivityOf as aggregateAdditivity } from './aggregates.ts';
import { readsInterval } from './interval.ts';
import type { Scope } from './scope.ts';

interface AdditivityContext {
  readonly metric: (name: string) => Metric | null | undefined;
  readonly scope: Scope;
}

/** Sums stay sums under addition and under multiplication with constants; everything else is recomputed from its measures. */
export function additivityOf(expression: MetricExpression, context: AdditivityContext): Additive {
  const both = (each: Additivity): Additive => ({ time: each, groups: each });
  switch (expression.kind) {
    case 'measure': {
      const groups = aggregateAdditivity(expression.aggregate);
      const { table, where, lifespan } = expression;
      const read = where === null ? expression.arguments : [...expression.arguments, where];
      const isVersioned = lifespan === null && context.scope.valid(table) !== null;
      if (isVersioned || read.some(each => readsInterval(each, context.scope))) return { groups, time: 'none' };
      return { groups, time: lifespan === null ? groups : groups === 'sum' ? 'last' : 'none' };
    }
    case 'metric': {
      const known = context.metric(expression.name);
      return known === null || known === undefined || known.empty !== null ? both('none') : known.additivity;
    }
    case 'filtered': {
      const inner = additivityOf(expression.operand, context);
      const isByInterval = Object.values(expression.conditions).some(each => readsInterval(each, context.scope));
      return isByInterval ? { ...inner, time: 'none' } : inner;
    }
    case 'call': {
      const operands = expression.arguments;
      const isLinear =
        expression.function === 'add' ||
        expression.function === 'subtract' ||
        expression.function === 'negate' ||
        (expression.function === 'multiply' && operands.some(operand => operand.kind === 'literal')) ||
        (expression.function === 'divide' && operands[1]?.kind === 'literal');
      const isSum = isLinear && isEverySum(operands, expression.function, context);
      return both(isSum ? 'sum' : 'none');
    }
    // What is read on moved intervals overlaps, or leaves gaps, where the asked ones do not.
    case 'windowed':
      return { ...additivityOf(expression.operand, context), time: 'none' };
    case 'nested':
      return nestedAdditivity(expression, context);
    case 'total':
    case 'rank':
    case 'truncate':
    case 'moment':
    case 'days':
    case 'literal':
    case 'error':
      return both('none');
  }
}

/** A sum of sums is a sum; the last of sums by time adds up over everything but time. */
function nestedAdditivity(
  { aggregate, arguments: [operand], per, having }: Nested,
  context: AdditivityContext,
): Additive {
  const nothing: Additive = { time: 'none', groups: 'none' };
  if (operand === undefined || having !== null || per.some(each => each.isEvery)) return nothing;
  const { time, groups } = additivityOf(operand, context);
  const isOverTime = per.every(each => each.kind === 'grain');
  const keys = per.flatMap(each => (each.kind === 'dimension' ? Object.values(each.dimension.byTable) : []));
  if (keys.some(each => readsInterval(each, context.scope))) return nothing;
  if (aggregate === 'sum' && !isOverTime) return { time: time === 'sum' ? 'sum' : 'none', groups };
  return nothing;
}

/** A constant that is added is added once for each group, so it does not add up; one that multiplies does no harm. */
function isEverySum(
  operands: readonly MetricExpression[],
  operator: FunctionName,
  context: AdditivityContext,
): boolean {
  return operands.every(operand => {
    if (operand.kind === 'literal') return operator === 'multiply' || operator === 'divide';
    const { time, groups } = additivityOf(operand, context);
    return time === 'sum' && groups === 'sum';
  });
}
