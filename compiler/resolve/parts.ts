/**
 * Parts: a metric in, the smallest values that add up over groups and time, and how the metric is computed from their sums: of
 * a ratio its numerator and its denominator. What has no such parts is a whole, and is known only where it was computed.
 */
import type { AggregateName, Measure, Metric, MetricExpression } from '../model.ts';
import { additivityOf } from './additivity.ts';
import type { Scope } from './scope.ts';

/** A value that is kept: it adds up over groups, and over time unless it says `last`. */
export interface Part {
  readonly expression: MetricExpression;
  readonly time: 'sum' | 'last';
}

export type Parts =
  | {
      readonly kind: 'parts';
      readonly parts: readonly Part[];
      /** The metric, with each part replaced by what is read of it. */
      readonly value: (read: (index: number) => MetricExpression) => MetricExpression;
    }
  | { readonly kind: 'whole'; readonly expression: MetricExpression };

interface PartsContext {
  readonly metric: (name: string) => Metric | null | undefined;
  readonly scope: Scope;
}

type Value = (read: (index: number) => MetricExpression) => MetricExpression;

/** What is kept of a metric; its `empty:` is applied where it is read. */
export function partsOf(metric: Metric, context: PartsContext): Parts {
  const { name, type, unit } = metric;
  const whole: MetricExpression = { kind: 'metric', name, type, unit };
  const splitter = new Splitter(context);
  const value = metric.empty === null ? splitter.split(whole, kept => kept) : null;
  if (value === null) return { kind: 'whole', expression: whole };
  const { parts } = splitter;
  const [first] = parts;
  // Levels are read at one moment, flows over an interval: what stands on both is neither.
  if (first === undefined || parts.some(part => part.time !== first.time)) return { kind: 'whole', expression: whole };
  return { kind: 'parts', parts, value };
}

class Splitter {
  readonly parts: Part[] = [];

  constructor(private readonly context: PartsContext) {}

  /** Null where an expression has no parts; `within` puts the conditions around a part that stand around the expression. */
  split(expression: MetricExpression, within: (part: MetricExpression) => MetricExpression): Value | null {
    const { time, groups } = additivityOf(expression, this.context);
    if (groups === 'sum' && (time === 'sum' || time === 'last') && expression.kind !== 'literal')
      return this.part(within(expression), time);
    switch (expression.kind) {
      case 'literal':
        return () => expression;
      case 'metric': {
        const metric = this.context.metric(expression.name);
        if (metric === null || metric === undefined || metric.empty !== null) return null;
        return this.split(metric.expression, within);
      }
      case 'filtered': {
        const { conditions } = expression;
        return this.split(expression.operand, part =>
          within({ kind: 'filtered', operand: part, conditions, type: part.type, unit: part.unit }),
        );
      }
      case 'call': {
        const values = expression.arguments.map(operand => this.split(operand, within));
        const known = values.flatMap(value => (value === null ? [] : [value]));
        if (known.length < values.length) return null;
        return read => ({ ...expression, arguments: known.map(value => value(read)) });
      }
      case 'measure':
        return expression.aggregate === 'avg' ? this.average(expression, within) : null;
      case 'windowed':
      case 'nested':
      case 'total':
      case 'rank':
      case 'truncate':
      case 'moment':
      case 'days':
      case 'error':
        return null;
    }
  }

  private average(measure: Measure, within: (part: MetricExpression) => MetricExpression): Value | null {
    const [operand] = measure.arguments;
    if (operand === undefined) return null;
    const of = (aggregate: AggregateName, type: Measure['type'], unit: Measure['unit']): MetricExpression => ({
      ...measure,
      aggregate,
      type,
      unit,
    });
    const sum = this.split(of('sum', operand.type, measure.unit), within);
    const count = this.split(of('count', 'integer', { kind: 'known', factors: {} }), within);
    if (sum === null || count === null) return null;
    const { type, unit } = measure;
    return read => ({ kind: 'call', function: 'divide', arguments: [sum(read), count(read)], type, unit });
  }

  private part(expression: MetricExpression, time: 'sum' | 'last'): Value {
    const text = JSON.stringify(expression);
    const known = this.parts.findIndex(part => JSON.stringify(part.expression) === text);
    const index = known >= 0 ? known : this.parts.push({ expression, time }) - 1;
    return read => read(index);
  }
}
