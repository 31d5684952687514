/** What metrics stand on, as the Model says it: what decides whether a law is claimed of them. */
import type {
  Dimension,
  Grain,
  Measure,
  MetricExpression,
  Model,
  RowExpression,
  TimeWindow,
  TotalScope,
} from '../../compiler/index.ts';

/** Expressions with all that stands in them, through the metrics that they name. */
export function allIn(starts: readonly MetricExpression[], model: Model): readonly MetricExpression[] {
  const found = new Set<MetricExpression>();
  const visit = (node: MetricExpression): void => {
    if (found.has(node)) return;
    found.add(node);
    if (node.kind === 'metric') visit(expressionOf(node.name, model));
    for (const inner of inside(node)) visit(inner);
  };
  starts.forEach(visit);
  return [...found];
}

export function allInMetrics(names: readonly string[], model: Model): readonly MetricExpression[] {
  return allIn(
    names.map(name => expressionOf(name, model)),
    model,
  );
}

function expressionOf(name: string, model: Model): MetricExpression {
  const metric = model.metrics[name];
  if (metric === undefined) throw new Error(`no metric ${name}`);
  return metric.expression;
}

function inside(node: MetricExpression): readonly MetricExpression[] {
  switch (node.kind) {
    case 'filtered':
    case 'truncate':
    case 'windowed':
    case 'total':
    case 'rank':
      return [node.operand];
    case 'call':
      return node.arguments;
    case 'nested':
      return node.having === null ? node.arguments : [...node.arguments, node.having];
    case 'measure':
    case 'metric':
    case 'moment':
    case 'days':
    case 'literal':
    case 'error':
      return [];
  }
}

/** Whether a total or a rank takes the asked bucket away, so that other buckets of the period have a say. */
export function looksBeyondBucket(nodes: readonly MetricExpression[], grain: Grain): boolean {
  return nodes.some(node => (node.kind === 'total' || node.kind === 'rank') && takesAway(node.scope, grain));
}

function takesAway(scope: TotalScope | null, grain: Grain): boolean {
  if (scope === null) return true;
  const isNamed = scope.times.some(time => time === 'time' || time === grain);
  return scope.kind === 'across' ? isNamed : !isNamed;
}

export function hasRank(nodes: readonly MetricExpression[]): boolean {
  return nodes.some(node => node.kind === 'rank');
}

export function windowsIn(nodes: readonly MetricExpression[]): readonly TimeWindow[] {
  return nodes.flatMap(node => (node.kind === 'windowed' ? [node.window] : []));
}

export function measuresIn(nodes: readonly MetricExpression[]): readonly Measure[] {
  return nodes.flatMap(node => (node.kind === 'measure' ? [node] : []));
}

/** Whether days of the interval are read anywhere, in computed columns and finer groups too. */
export function readsMoments(nodes: readonly MetricExpression[], model: Model): boolean {
  const rows = nodes.flatMap((node): readonly RowExpression[] => {
    if (node.kind === 'measure') return node.where === null ? node.arguments : [...node.arguments, node.where];
    if (node.kind === 'filtered') return Object.values(node.conditions);
    if (node.kind !== 'nested') return [];
    return node.per.flatMap(per => (per.kind === 'dimension' ? Object.values(per.dimension.byTable) : []));
  });
  return nodes.some(node => node.kind === 'moment') || rows.some(row => rowReadsMoments(row, model));
}

export function dimensionReadsMoments({ byTable }: Dimension, model: Model): boolean {
  return Object.values(byTable).some(row => rowReadsMoments(row, model));
}

function rowReadsMoments(row: RowExpression, model: Model): boolean {
  switch (row.kind) {
    case 'moment':
      return true;
    case 'column': {
      const source = model.tables[row.table]?.columns[row.column]?.source;
      return source?.kind === 'computed' && rowReadsMoments(source.formula, model);
    }
    case 'call':
      return row.arguments.some(each => rowReadsMoments(each, model));
    case 'truncate':
      return rowReadsMoments(row.operand, model);
    case 'rollup':
      return [...row.arguments, ...(row.where === null ? [] : [row.where])].some(each => rowReadsMoments(each, model));
    case 'previous':
      return [row.operand, ...row.per].some(each => rowReadsMoments(each, model));
    case 'convert':
      return [row.amount, row.from, row.at].some(each => rowReadsMoments(each, model));
    case 'attribute':
    case 'literal':
    case 'error':
      return false;
  }
}
