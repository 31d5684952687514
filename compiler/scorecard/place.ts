/** Places: a metric in, whether it says something of each group alone, or of how it stands to others. */
import type { MetricExpression, Model } from '../model.ts';
import { own } from '../record.ts';
import { allBehind, operandsOf } from '../resolve/index.ts';

/** Whether a metric is a place among groups, or made of one: then there is none of all groups together. */
export function isPlace(name: string, model: Model): boolean {
  const expression = own(model.metrics, name)?.expression;
  return expression !== undefined && hasPlace(expression, model);
}

function hasPlace(expression: MetricExpression, model: Model): boolean {
  switch (expression.kind) {
    case 'rank':
      return true;
    case 'metric':
      return isPlace(expression.name, model);
    // What is made of places inside has a value of its own.
    case 'nested':
    case 'total':
      return false;
    default:
      return operandsOf(expression).some(operand => hasPlace(operand, model));
  }
}

/** Whether a role compares itself with others by a metric: then it is not known where these are too few. */
export function comparesWithOthers(name: string, role: string, model: Model): boolean {
  const expression = own(model.metrics, name)?.expression;
  if (expression === undefined || (own(model.roles, role)?.benchmark ?? null) === null) return false;
  return allBehind(expression, each => own(model.metrics, each)).some(
    node =>
      node.kind === 'rank' ||
      node.kind === 'total' ||
      (node.kind === 'nested' && (node.aggregate === 'avg' || node.aggregate === 'median')),
  );
}
