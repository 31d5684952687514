/** What a metric says of a group without rows: zero, or nothing. Where it is not certain, nothing. */
import type { Metric, MetricExpression, Model } from '../model.ts';
import { own } from '../record.ts';

export function isZeroWhereEmpty({ empty, expression }: Metric, model: Model): boolean {
  return empty === null ? isZero(expression, model) : empty === 'zero';
}

const counting: ReadonlySet<string> = new Set(['count', 'count_distinct', 'sum']);

function isZero(expression: MetricExpression, model: Model): boolean {
  switch (expression.kind) {
    case 'measure':
    case 'nested':
      return counting.has(expression.aggregate);
    case 'metric': {
      const metric = own(model.metrics, expression.name);
      return metric !== undefined && isZeroWhereEmpty(metric, model);
    }
    case 'filtered':
    case 'windowed':
      return isZero(expression.operand, model);
    case 'call': {
      const [first, ...others] = expression.arguments;
      if (first === undefined) return false;
      switch (expression.function) {
        case 'add':
        case 'subtract':
        case 'negate':
          return [first, ...others].every(each => isZero(each, model));
        case 'multiply':
          return isZero(first, model) && others.every(each => isZero(each, model) || each.kind === 'literal');
        case 'divide':
          return isZero(first, model) && others.every(each => each.kind === 'literal');
        default:
          return false;
      }
    }
    case 'literal':
    case 'moment':
    case 'days':
    case 'total':
    case 'rank':
    case 'truncate':
    case 'error':
      return false;
  }
}
