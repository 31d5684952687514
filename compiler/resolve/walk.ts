/** Walking expressions: the paths, measures and metrics in them. */
import { children, type Expression, type PathExpression } from '../formula/index.ts';
import type { Measure, Metric, MetricExpression, RowExpression } from '../model.ts';

/** The paths of a condition. */
export function pathsOf(expression: Expression): readonly PathExpression[] {
  return expression.kind === 'path' ? [expression] : children(expression).flatMap(pathsOf);
}

/** The expressions directly inside one. */
export function operandsOf(expression: MetricExpression): readonly MetricExpression[] {
  switch (expression.kind) {
    case 'filtered':
    case 'truncate':
    case 'windowed':
    case 'total':
    case 'rank':
      return [expression.operand];
    case 'call':
      return expression.arguments;
    case 'nested':
      return expression.having === null ? expression.arguments : [...expression.arguments, expression.having];
    case 'measure':
    case 'metric':
    case 'moment':
    case 'days':
    case 'literal':
    case 'error':
      return [];
  }
}

/** What metrics are looked up in; a broken one is null. */
export type MetricLookup = (name: string) => Metric | null | undefined;

/** Every expression that one stands on, itself first, those of the metrics that it names among them; each once. */
export function allBehind(expression: MetricExpression, metric: MetricLookup): readonly MetricExpression[] {
  const found = new Set<MetricExpression>();
  const seen = new Set<string>();
  const visit = (node: MetricExpression): void => {
    if (found.has(node)) return;
    found.add(node);
    if (node.kind === 'metric' && !seen.has(node.name)) {
      seen.add(node.name);
      const named = metric(node.name);
      if (named !== null && named !== undefined) visit(named.expression);
    }
    operandsOf(node).forEach(visit);
  };
  visit(expression);
  return [...found];
}

/** The measures that an expression stands on, each once. */
export function measuresOf(expression: MetricExpression, metric: MetricLookup): readonly Measure[] {
  return allBehind(expression, metric).flatMap(node => (node.kind === 'measure' ? [node] : []));
}

/** Metrics that an expression names itself. */
export function referencesOf(expression: MetricExpression): readonly string[] {
  if (expression.kind === 'metric') return [expression.name];
  return [...new Set(operandsOf(expression).flatMap(referencesOf))];
}

/** The columns that a row expression reads itself. */
export function columnsOf(expression: RowExpression): readonly Extract<RowExpression, { kind: 'column' }>[] {
  return expression.kind === 'column' ? [expression] : rowOperands(expression).flatMap(columnsOf);
}

/** The expressions directly inside one that are read from the same row; a roll-up reads others. */
export function rowOperands(expression: RowExpression): readonly RowExpression[] {
  switch (expression.kind) {
    case 'call':
      return expression.arguments;
    case 'truncate':
      return [expression.operand];
    case 'previous':
      return [expression.operand, ...expression.per];
    case 'convert':
      return [expression.amount, expression.from, expression.at];
    case 'column':
    case 'rollup':
    case 'moment':
    case 'attribute':
    case 'literal':
    case 'error':
      return [];
  }
}
