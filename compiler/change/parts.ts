/**
 * Parts: a metric in, what its change can be split into out. A sum is the sum of its groups' values; a ratio is one sum over
 * another, whatever metrics and conditions lie between; of anything else the groups' values say nothing about the whole.
 */
import { type Measure, type MetricCall, type MetricExpression, type Model, type Nested, noUnit } from '../model.ts';
import { own } from '../record.ts';

export type Parts =
  | { readonly kind: 'sum'; readonly adding: Adding }
  | { readonly kind: 'ratio'; readonly numerator: Part; readonly denominator: Part }
  | { readonly kind: 'whole' };

export interface Part {
  readonly expression: MetricExpression;
  readonly adding: Adding;
}

/**
 * Whether the values of groups add up: always; or where nothing that is counted is in two groups, which the sums
 * themselves show, since counting something twice can only make them greater.
 */
export type Adding = 'always' | 'where disjoint';

export function partsOf(name: string, model: Model): Parts {
  const metric = own(model.metrics, name);
  if (metric === undefined) return { kind: 'whole' };
  const { expression } = metric;
  const adding = addingOf(expression, model);
  if (adding !== null) return { kind: 'sum', adding };
  const ratio = metric.empty === 'zero' ? null : ratioOf(expression, model);
  if (ratio === null) return { kind: 'whole' };
  const over = addingOf(ratio.numerator, model);
  const under = addingOf(ratio.denominator, model);
  if (over === null || under === null) return { kind: 'whole' };
  return {
    kind: 'ratio',
    numerator: { expression: ratio.numerator, adding: over },
    denominator: { expression: ratio.denominator, adding: under },
  };
}

function addingOf(expression: MetricExpression, model: Model): Adding | null {
  switch (expression.kind) {
    case 'measure':
      if (expression.aggregate === 'count_distinct') return 'where disjoint';
      return expression.aggregate === 'count' || expression.aggregate === 'sum' ? 'always' : null;
    case 'metric': {
      const metric = own(model.metrics, expression.name);
      return metric === undefined || metric.empty !== null ? null : addingOf(metric.expression, model);
    }
    case 'filtered':
    case 'windowed':
      return addingOf(expression.operand, model);
    case 'nested':
      return nestedAdding(expression, model);
    case 'call': {
      const [first, second] = expression.arguments;
      const isScaled =
        (expression.function === 'multiply' && (first?.kind === 'literal' || second?.kind === 'literal')) ||
        (expression.function === 'divide' && second?.kind === 'literal');
      const isSum = ['add', 'subtract', 'negate'].includes(expression.function);
      const added = isScaled ? expression.arguments.filter(each => each.kind !== 'literal') : expression.arguments;
      const isEvery = added.every(each => addingOf(each, model) === 'always');
      return (isScaled || isSum) && isEvery && added.length > 0 ? 'always' : null;
    }
    case 'total':
    case 'rank':
    case 'truncate':
    case 'moment':
    case 'days':
    case 'literal':
    case 'error':
      return null;
  }
}

/** Sums of sums are sums; how many members have a sum is a count of what may be in several groups. */
function nestedAdding({ aggregate, arguments: [operand], per, having }: Nested, model: Model): Adding | null {
  const isPlain = operand !== undefined && having === null && !per.some(each => each.isEvery);
  if (!isPlain || addingOf(operand, model) !== 'always') return null;
  if (aggregate === 'sum') return 'always';
  return aggregate === 'count' && per.every(each => each.kind === 'dimension') ? 'where disjoint' : null;
}

interface Ratio {
  readonly numerator: MetricExpression;
  readonly denominator: MetricExpression;
}

/** A division at the top, behind names, conditions, moved time and constants; or an average, which is one too. */
function ratioOf(expression: MetricExpression, model: Model): Ratio | null {
  switch (expression.kind) {
    case 'metric': {
      const metric = own(model.metrics, expression.name);
      return metric === undefined || metric.empty === 'zero' ? null : ratioOf(metric.expression, model);
    }
    case 'filtered':
    case 'windowed':
      return mapped(ratioOf(expression.operand, model), operand => ({
        ...expression,
        operand,
        type: operand.type,
        unit: operand.unit,
      }));
    case 'call': {
      const [first, second] = expression.arguments;
      if (first === undefined) return null;
      const scaled = (operand: MetricExpression, place: number): Ratio | null => {
        const ratio = ratioOf(operand, model);
        if (ratio === null) return null;
        const numerator: MetricExpression = {
          ...expression,
          arguments: expression.arguments.with(place, ratio.numerator),
        };
        return { ...ratio, numerator };
      };
      if (expression.function === 'negate') return scaled(first, 0);
      if (second === undefined) return null;
      if (expression.function === 'add' || expression.function === 'subtract') return shifted(expression, model);
      if (expression.function === 'multiply' && first.kind === 'literal') return scaled(second, 1);
      const isFactor = expression.function === 'multiply' || expression.function === 'divide';
      if (isFactor && second.kind === 'literal') return scaled(first, 0);
      return expression.function === 'divide' ? { numerator: first, denominator: second } : null;
    }
    case 'measure':
      return expression.aggregate === 'avg' ? averageOf(expression) : null;
    case 'nested':
      return expression.aggregate === 'avg' ? averageOf(expression) : null;
    case 'total':
    case 'rank':
    case 'truncate':
    case 'moment':
    case 'days':
    case 'literal':
    case 'error':
      return null;
  }
}

/** `1 - a / b` is `(1 * b - a) / b`. */
function shifted(expression: MetricCall, model: Model): Ratio | null {
  const place = expression.arguments.findIndex(each => each.kind === 'literal');
  const constant = expression.arguments[place];
  const operand = expression.arguments[1 - place];
  const ratio = constant === undefined || operand === undefined ? null : ratioOf(operand, model);
  if (constant === undefined || ratio === null) return null;
  const { numerator, denominator } = ratio;
  const { type, unit } = denominator;
  const whole: MetricCall = { kind: 'call', function: 'multiply', arguments: [constant, denominator], type, unit };
  return {
    numerator: { ...expression, arguments: place === 0 ? [whole, numerator] : [numerator, whole] },
    denominator,
  };
}

function mapped(ratio: Ratio | null, change: (expression: MetricExpression) => MetricExpression): Ratio | null {
  return ratio && { numerator: change(ratio.numerator), denominator: change(ratio.denominator) };
}

/** The sum of what is there over the number of what is there. */
function averageOf(average: Measure | Nested): Ratio {
  const { text, unit } = average;
  const summed = average.arguments[0]?.type ?? 'float';
  return {
    numerator: { ...average, aggregate: 'sum', text: text.replace(/^avg/, 'sum'), type: summed, unit },
    denominator: { ...average, aggregate: 'count', text: text.replace(/^avg/, 'count'), type: 'integer', unit: noUnit },
  };
}
