/** What can be told of row expressions without planning them. */
import type { Model, RowExpression } from '../model.ts';
import { own } from '../record.ts';
import { rowOperands } from '../resolve/index.ts';

export function conjunctsOf(expression: RowExpression): readonly RowExpression[] {
  return expression.kind === 'call' && expression.function === 'and'
    ? expression.arguments.flatMap(conjunctsOf)
    : [expression];
}

/** Whether an expression converts money, which fails where a rate is missing. */
export function mayFail(expression: RowExpression, model: Model): boolean {
  if (expression.kind === 'convert') return true;
  if (expression.kind !== 'column') return rowOperands(expression).some(each => mayFail(each, model));
  const source = own(own(model.tables, expression.table)?.columns ?? {}, expression.column)?.source;
  return source?.kind === 'computed' && mayFail(source.formula, model);
}

/** Whether an expression is null wherever all columns that it reads are. */
export function isStrict(expression: RowExpression, model: Model): boolean {
  switch (expression.kind) {
    case 'column': {
      const source = own(own(model.tables, expression.table)?.columns ?? {}, expression.column)?.source;
      return source?.kind !== 'computed' || isStrict(source.formula, model);
    }
    case 'moment':
    case 'attribute':
    case 'rollup':
    case 'previous':
    case 'convert':
      return false;
    case 'literal':
      return expression.value === null;
    case 'truncate':
      return isStrict(expression.operand, model);
    case 'error':
      return true;
    case 'call': {
      const strict = expression.arguments.map(argument => isStrict(argument, model));
      switch (expression.function) {
        case 'is_null':
          return false;
        case 'case':
          return strict.every((each, index) => each || (index % 2 === 0 && index < strict.length - 1));
        case 'coalesce':
        case 'greatest':
        case 'least':
        case 'and':
        case 'or':
          return strict.every(each => each);
        case 'in':
        case 'nullif':
          return strict[0] ?? false;
        default:
          return strict.some(each => each);
      }
    }
  }
}
