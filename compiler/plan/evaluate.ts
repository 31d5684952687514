/** Metric expressions in, scalars over the columns of their measures out. What is used twice is one object, so that it can be shared. */
import type { Metric, MetricExpression, Model, RowExpression } from '../model.ts';
import { own } from '../record.ts';
import type { Clock } from './clock.ts';
import type { Scalar } from './plan.ts';
import { call, column, constant, nothing, some } from './scalar.ts';
import { isZeroWhenEmpty, type MeasureUse, type MeasureUses, nothingPushed, type Pushed } from './uses.ts';

export class Evaluator {
  private readonly metrics = new Map<string, { readonly value: Scalar; readonly uses: readonly MeasureUse[] }>();
  private readonly pushes = new Map<string, string>();
  /** Which metric a scalar is the value of, for names. */
  readonly names = new Map<Scalar, string>();

  constructor(
    private readonly model: Model,
    private readonly clock: Clock,
    private readonly uses: MeasureUses,
  ) {}

  metric(metric: Metric): Scalar {
    return this.named(metric, nothingPushed).value;
  }

  expression(expression: MetricExpression, name: string): Scalar {
    return this.evaluate(expression, { name, pushed: nothingPushed, uses: new Set() });
  }

  private named(metric: Metric, pushed: Pushed): { readonly value: Scalar; readonly uses: readonly MeasureUse[] } {
    const key = `${metric.name}\u0000${pushed.id}`;
    const known = this.metrics.get(key);
    if (known !== undefined) return known;
    const uses = new Set<MeasureUse>();
    const value = this.withEmpty(metric, this.evaluate(metric.expression, { name: metric.name, pushed, uses }), uses);
    const result = { value, uses: [...uses] };
    this.metrics.set(key, result);
    if (!this.names.has(value)) this.names.set(value, metric.name);
    return result;
  }

  /** What a metric is where none of its measures has a row. */
  private withEmpty(metric: Metric, value: Scalar, uses: ReadonlySet<MeasureUse>): Scalar {
    if (metric.empty === null) return value;
    const isPresent = some([...uses].map(use => this.uses.presence(use)));
    const empty = metric.empty === 'zero' ? constant('integer', '0') : nothing;
    return call('case', value.type, isPresent, value, empty);
  }

  private evaluate(expression: MetricExpression, site: EvaluationSite): Scalar {
    if (this.uses.isFull) return nothing;
    switch (expression.kind) {
      case 'literal': {
        const { type, value } = expression;
        return value === null || typeof value === 'boolean'
          ? constant(type, value)
          : { kind: 'parameter', type, value };
      }
      case 'measure': {
        const use = this.uses.use(expression, site.pushed, site.name);
        site.uses.add(use);
        const stored = column(use.name, expression.type);
        return isZeroWhenEmpty(expression)
          ? call('coalesce', expression.type, stored, constant('integer', '0'))
          : stored;
      }
      case 'metric': {
        const metric = own(this.model.metrics, expression.name);
        if (metric === undefined) throw new Error(`no metric ${expression.name} in the model`);
        const { value, uses } = this.named(metric, site.pushed);
        for (const use of uses) site.uses.add(use);
        return value;
      }
      case 'filtered':
        return this.evaluate(expression.operand, { ...site, pushed: this.push(site.pushed, expression.conditions) });
      case 'call': {
        const operands = expression.arguments.map(argument => this.evaluate(argument, site));
        const isQuotient = expression.function === 'divide' || expression.function === 'modulo';
        const parts = isQuotient
          ? operands.map((operand, index) => (index === 1 ? unlessMissing(operand) : operand))
          : operands;
        return call(expression.function, expression.type, ...parts);
      }
      case 'truncate':
        return this.clock.bucket(this.evaluate(expression.operand, site), expression.grain, null);
      case 'moment':
      case 'windowed':
      case 'nested':
      case 'total':
      case 'rank':
        throw new Error(`${expression.kind} cannot be planned yet`);
      case 'error':
        throw new Error('an expression with errors was planned');
    }
  }

  private push(pushed: Pushed, conditions: Readonly<Record<string, RowExpression>>): Pushed {
    const text = JSON.stringify(conditions);
    const id = this.pushes.get(text) ?? String(this.pushes.size);
    this.pushes.set(text, id);
    const ids = pushed.id === '' ? [] : pushed.id.split(' ');
    if (ids.includes(id)) return pushed;
    return { id: [...ids, id].sort().join(' '), conditions: [...pushed.conditions, conditions] };
  }
}

/** A divisor of 0 and one that is missing both give null, so that a divisor need not be 0 where it is missing. */
function unlessMissing(scalar: Scalar): Scalar {
  return withoutZero(scalar) ?? scalar;
}

/** What stands in `coalesce(x, 0)`, or null where the scalar is another. */
export function withoutZero(scalar: Scalar): Scalar | null {
  if (scalar.kind !== 'call' || scalar.function !== 'coalesce' || scalar.arguments.length !== 2) return null;
  const [value, zero] = scalar.arguments;
  return value !== undefined && zero?.kind === 'constant' && zero.value === '0' ? value : null;
}

interface EvaluationSite {
  readonly name: string;
  readonly pushed: Pushed;
  /** Collects the measures that the expression stands on. */
  readonly uses: Set<MeasureUse>;
}
