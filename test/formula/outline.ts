/** A tree in brackets, every one of them written out: `a + b * c` is `(+ a (* b c))`. Shares nothing with the printer of formulas. */
import type { Expression } from '../../compiler/index.ts';

type Call = Extract<Expression, { kind: 'call' }>;
type Dimension = NonNullable<Call['scope']>['dimensions'][number];

export function outline(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.text;
    case 'string':
      return JSON.stringify(expression.value);
    case 'boolean':
      return expression.value ? 'TRUE' : 'FALSE';
    case 'null':
      return 'NULL';
    case 'date':
    case 'timestamp':
      return `${expression.kind}:${expression.text}`;
    case 'duration':
      return `${expression.amount}~${expression.unit}`;
    case 'path':
      return expression.words.map(word => word.text).join('.');
    case 'negate':
      return list('neg', outline(expression.operand));
    case 'not':
      return list('not', outline(expression.operand));
    case 'arithmetic':
    case 'comparison':
      return list(expression.operator, outline(expression.left), outline(expression.right));
    case 'and':
    case 'or':
      return list(expression.kind, ...expression.operands.map(outline));
    case 'in':
      return list(`${no(expression)}in`, outline(expression.operand), ...expression.options.map(outline));
    case 'between':
      return list(`${no(expression)}between`, ...[expression.operand, expression.low, expression.high].map(outline));
    case 'like':
      return list(`${no(expression)}like`, outline(expression.operand), outline(expression.pattern));
    case 'is_null':
      return list(`${no(expression)}null`, outline(expression.operand));
    case 'case': {
      const branches = expression.branches.map(({ condition, value }) => list(outline(condition), outline(value)));
      return list('case', ...branches, ...(expression.otherwise === null ? [] : [outline(expression.otherwise)]));
    }
    case 'call':
      return list(
        `${expression.name.text}:`,
        ...(expression.distinct ? ['DISTINCT'] : []),
        ...expression.arguments.map(outline),
        ...scope(expression),
      );
    case 'conversions': {
      const within = expression.within === null ? [] : ['WITHIN', outline(expression.within)];
      const ends = [outline(expression.from), '->', outline(expression.to)];
      return list('conversions', ...ends, 'BY', ...dimensions(expression.by), ...within);
    }
    case 'modified': {
      const operand = outline(expression.operand);
      return list(
        'mod',
        expression.bracketed ? `[${operand}]` : operand,
        ...(expression.where === null ? [] : ['WHERE', outline(expression.where)]),
        ...(expression.lifespan === null ? [] : ['WHILE', outline(expression.lifespan)]),
        ...(expression.time === null ? [] : ['AT', outline(expression.time)]),
      );
    }
    case 'error':
      return 'ERROR';
  }
}

function list(...parts: readonly string[]): string {
  return `(${parts.join(' ')})`;
}

function no({ negated }: { readonly negated: boolean }): string {
  return negated ? 'not-' : '';
}

function dimensions(words: readonly Dimension[]): readonly string[] {
  return words.map(({ every, path }) => `${every ? 'EVERY:' : ''}${outline(path)}`);
}

function scope({ scope: each }: Call): readonly string[] {
  if (each === null) return [];
  const having = each.having === null ? [] : ['HAVING', outline(each.having)];
  return [each.kind.toUpperCase(), ...dimensions(each.dimensions), ...having];
}
