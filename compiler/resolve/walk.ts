/** Walking expressions: the paths, measures and metrics in them. */
import { children, type Expression, type PathExpression } from '../formula/index.ts';
import type { Measure, MetricExpression, Model } from '../model.ts';
import { own } from '../record.ts';

/** The paths of a condition. */
export function pathsOf(expression: Expression): readonly PathExpression[] {
  return expression.kind === 'path' ? [expression] : children(expression).flatMap(pathsOf);
}

/** The measures that an expression stands on, each once. */
export function measuresOf(expression: MetricExpression, model: Model): readonly Measure[] {
  const measures = new Set<Measure>();
  const seen = new Set<string>();
  const visit = (node: MetricExpression): void => {
    switch (node.kind) {
      case 'measure':
        measures.add(node);
        return;
      case 'metric': {
        const metric = own(model.metrics, node.name);
        if (metric === undefined || seen.has(node.name)) return;
        seen.add(node.name);
        visit(metric.expression);
        return;
      }
      case 'filtered':
      case 'truncate':
        visit(node.operand);
        return;
      case 'call':
        node.arguments.forEach(visit);
        return;
      case 'literal':
      case 'error':
        return;
    }
  };
  visit(expression);
  return [...measures];
}

/** Metrics that an expression names itself. */
export function referencesOf(expression: MetricExpression): readonly string[] {
  switch (expression.kind) {
    case 'metric':
      return [expression.name];
    case 'call':
      return [...new Set(expression.arguments.flatMap(referencesOf))];
    case 'filtered':
    case 'truncate':
      return referencesOf(expression.operand);
    case 'measure':
    case 'literal':
    case 'error':
      return [];
  }
}
