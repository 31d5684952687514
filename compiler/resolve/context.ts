/** What metric expressions are resolved in: the scope, what the metric says for its measures, and the other metrics. */
import type { Report } from '../diagnostics/index.ts';
import type { At, PathExpression } from '../formula/index.ts';
import type { Metric, MetricExpression, RowExpression } from '../model.ts';
import type { Span } from '../source.ts';
import type { Scope } from './scope.ts';
import { operandsOf } from './walk.ts';

/** What a metric says for all measures that are written in it. */
export interface MeasureContext {
  readonly scope: Scope;
  /** The metric's `table:`. */
  readonly table: string | null;
  /** The metric's `time:`, read from a table's rows. */
  readonly time: ((table: string) => RowExpression | null) | null;
  readonly locate: (at: At) => Span;
  readonly report: Report;
}

export interface MetricContext extends MeasureContext {
  /** The name of the metric itself, for findings. */
  readonly subject: string;
  /** Another metric, resolved; null where it is broken, which has been reported; undefined where there is none. */
  readonly metric: (name: string, path: PathExpression) => Metric | null | undefined;
  readonly metricNames: () => Iterable<string>;
  /** A metric that has been resolved already, for suggestions: looking must not resolve anything. */
  readonly resolved: (name: string) => Metric | null | undefined;
}

/** The tables that an expression's measures read, sorted. */
export function tablesOf(
  expression: MetricExpression,
  { resolved }: Pick<MetricContext, 'resolved'>,
): readonly string[] {
  const tables = new Set<string>();
  const visit = (node: MetricExpression): void => {
    if (node.kind === 'measure') tables.add(node.table);
    if (node.kind === 'metric') for (const table of resolved(node.name)?.tables ?? []) tables.add(table);
    operandsOf(node).forEach(visit);
  };
  visit(expression);
  return [...tables].sort();
}
