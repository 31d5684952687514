/** Which metrics are never missing: counts and sums, which are 0 where there is nothing, and what is made of such alone. */
import type { FunctionName, Metric, MetricExpression, Model } from './model.ts';
import { own } from './record.ts';

/** Functions that have a value wherever their arguments have. */
const whole: ReadonlySet<FunctionName> = new Set([
  ...(['add', 'subtract', 'multiply', 'negate', 'abs', 'round', 'floor', 'ceil', 'greatest', 'least'] as const),
  ...(['equal', 'unequal', 'less', 'less_or_equal', 'greater', 'greater_or_equal', 'and', 'or', 'not'] as const),
]);

/** Whether a metric has a value in every group of every answer. Where that cannot be told it is not said. */
export function neverMissing(metric: Metric, model: Model): boolean {
  if (metric.tables.length === 0 || metric.empty === 'null') return false;
  return hasValue(metric.expression, model);
}

function hasValue(expression: MetricExpression, model: Model): boolean {
  const inner = (operand: MetricExpression) => hasValue(operand, model);
  switch (expression.kind) {
    case 'literal':
      return expression.value !== null;
    case 'measure':
    case 'nested':
      return ['count', 'count_distinct', 'sum'].includes(expression.aggregate);
    case 'metric': {
      const named = own(model.metrics, expression.name);
      return named !== undefined && neverMissing(named, model);
    }
    case 'filtered':
      return inner(expression.operand);
    case 'windowed':
      // Where a goal has no targets, or nothing was frozen, there is nothing to be read.
      return expression.window.kind !== 'goal' && expression.window.kind !== 'frozen' && inner(expression.operand);
    case 'call':
      return ofCall(expression.function, expression.arguments.map(inner));
    case 'total':
    case 'rank':
    case 'truncate':
    case 'moment':
    case 'days':
    case 'error':
      return false;
  }
}

function ofCall(name: FunctionName, have: readonly boolean[]): boolean {
  if (name === 'is_null') return true;
  if (name === 'coalesce') return have.some(each => each);
  // The conditions of a choice may be missing; one of its values is taken all the same.
  if (name === 'case') return have.every((each, index) => each || (index % 2 === 0 && index < have.length - 1));
  return whole.has(name) && have.every(each => each);
}
