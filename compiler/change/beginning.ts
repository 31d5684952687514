/** Beginnings: the first day of everything that a metric measures, so that years before it are not taken for empty ones. */
import { errorNode, type Measure, type MetricExpression, type Model, unspecified } from '../model.ts';
import { own } from '../record.ts';

type Around = (inner: MetricExpression) => MetricExpression;

/** Each is the earliest time of the rows that one measure covers, under the conditions that it stands in. */
export function beginningsOf(expression: MetricExpression, model: Model): readonly MetricExpression[] {
  const found = visit(expression, inner => inner, model);
  return [...new Map(found.map(each => [JSON.stringify(each), each])).values()];
}

function visit(expression: MetricExpression, around: Around, model: Model): readonly MetricExpression[] {
  const all = (operands: readonly MetricExpression[]) => operands.flatMap(each => visit(each, around, model));
  switch (expression.kind) {
    case 'measure': {
      const first = firstOf(expression, model);
      return first === null ? [] : [around(first)];
    }
    case 'metric':
      return all([own(model.metrics, expression.name)?.expression ?? errorNode]);
    case 'filtered':
      return visit(
        expression.operand,
        operand => around({ ...expression, operand, type: operand.type, unit: operand.unit }),
        model,
      );
    case 'windowed':
    case 'total':
    case 'rank':
    case 'truncate':
      return all([expression.operand]);
    case 'call':
    case 'nested':
      return all(expression.arguments);
    case 'moment':
    case 'days':
    case 'literal':
    case 'error':
      return [];
  }
}

/** Null where rows have no time of their own: of a table of versions those that are valid now would be found. */
function firstOf(measure: Measure, model: Model): MetricExpression | null {
  const time = measure.lifespan?.from ?? measure.time;
  if (time === null || own(model.tables, measure.table)?.valid !== null) return null;
  const { type } = time;
  return {
    ...measure,
    aggregate: 'min',
    arguments: [time],
    text: `min of the time of ${measure.table}`,
    lifespan: null,
    followedBy: null,
    type,
    unit: unspecified,
  };
}
