/** Frames without some of their dimensions: what `total`, `share` and `rank` look beyond. */
import type { Dimension, MetricExpression, Model, TotalScope } from '../model.ts';
import { own } from '../record.ts';
import { keyFollows, tablesOf } from '../resolve/index.ts';
import type { Times } from './times.ts';

/** The dimensions that an expression has, at least for one of the tables that it reads; over the others it is spread. */
export function knownDimensions(
  dimensions: readonly Dimension[],
  expression: MetricExpression,
  { metrics }: Model,
): readonly Dimension[] {
  const tables = tablesOf(expression, { resolved: name => own(metrics, name) });
  if (tables.length === 0) return dimensions;
  return dimensions.filter(({ byTable }) => tables.some(table => own(byTable, table) !== undefined));
}

/** The dimensions that stay: with those that are taken away goes what follows from them. */
export function keptDimensions(
  dimensions: readonly Dimension[],
  scope: TotalScope | null,
  model: Model,
): readonly Dimension[] {
  if (scope === null) return [];
  const isNamed = (dimension: Dimension) =>
    scope.dimensions.some(named => isSameDimension(named, dimension) || keyFollows(named, dimension, model));
  return dimensions.filter(dimension => (scope.kind === 'across' ? !isNamed(dimension) : isNamed(dimension)));
}

/** Whether a named dimension is the one of a frame: it has the same value for every table that it is read from. */
export function isSameDimension(named: Dimension, dimension: Dimension): boolean {
  return Object.entries(named.byTable).every(
    ([table, value]) => JSON.stringify(dimension.byTable[table]) === JSON.stringify(value),
  );
}

/** The times without the cuts that are taken away: without the asked bucket, the whole period is read. */
export function keptSteps(times: Times, scope: TotalScope | null): Times {
  const steps = times.steps.filter(step => {
    if (step.kind !== 'cut') return true;
    if (scope === null) return false;
    const isNamed = scope.times.some(time => time === 'time' || time === step.grain);
    return scope.kind === 'across' ? !isNamed : isNamed;
  });
  return { ...times, steps };
}
