/** Buckets of numbers: `bucket(days, 30, 60)` gives the texts `< 30`, `30 to < 60` and `>= 60`, in that order. */
import type { Dimension, Model, RowExpression } from '../model.ts';
import { own } from '../record.ts';

/** The labels for the bounds of `bucket`, lowest first. */
export function bucketLabels(bounds: readonly string[]): readonly string[] {
  const between = bounds.slice(1).map((bound, index) => `${bounds[index]} to < ${bound}`);
  return [`< ${bounds[0]}`, ...between, `>= ${bounds.at(-1)}`];
}

/** The values of a dimension in their order, where that is not the order of their text; else null. */
export function labelsOf(dimension: Dimension, model: Model): readonly string[] | null {
  const all = Object.values(dimension.byTable).map(expression => labelsOfRow(expression, model));
  const [first] = all;
  const isSame = all.every(labels => JSON.stringify(labels) === JSON.stringify(first));
  return isSame ? (first ?? null) : null;
}

function labelsOfRow(expression: RowExpression, model: Model): readonly string[] | null {
  if (expression.kind === 'column') {
    const source = own(own(model.tables, expression.table)?.columns ?? {}, expression.column)?.source;
    return source?.kind === 'computed' ? labelsOfRow(source.formula, model) : null;
  }
  if (expression.kind !== 'call' || expression.function !== 'bucket') return null;
  const bounds = expression.arguments
    .slice(1)
    .flatMap(bound => (bound.kind === 'literal' ? [String(bound.value)] : []));
  return bucketLabels(bounds);
}
