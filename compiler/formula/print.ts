/** `Expression` in, formula text out: one spelling for one meaning, with no more brackets than needed. */
import type { CallScope, DimensionWord, Expression } from './expression.ts';

/** How tightly each form binds; a looser form inside a tighter one is put in brackets. */
function precedence(expression: Expression): number {
  switch (expression.kind) {
    case 'modified':
      return 0;
    case 'or':
      return 1;
    case 'and':
      return 2;
    case 'not':
      return 3;
    case 'comparison':
    case 'in':
    case 'between':
    case 'like':
    case 'is_null':
      return 4;
    case 'arithmetic':
      return expression.operator === '+' || expression.operator === '-' ? 5 : 6;
    case 'negate':
      return 7;
    default:
      return 8;
  }
}

export function printFormula(expression: Expression): string {
  return print(expression, 0);
}

function print(expression: Expression, loosest: number): string {
  const text = bare(expression);
  return precedence(expression) < loosest ? `(${text})` : text;
}

function bare(expression: Expression): string {
  const not = (form: { readonly negated: boolean }) => (form.negated ? ' not' : '');
  switch (expression.kind) {
    case 'number':
    case 'date':
    case 'timestamp':
      return expression.text;
    case 'string':
      return `'${expression.value.replaceAll("'", "''")}'`;
    case 'boolean':
      return String(expression.value);
    case 'null':
      return 'null';
    case 'duration':
      return `${expression.amount} ${pluralOf(expression.unit, expression.amount)}`;
    case 'path':
      return expression.words.map(word => word.text).join('.');
    case 'negate':
      return `-${print(expression.operand, 7)}`;
    case 'not':
      return `not ${print(expression.operand, 3)}`;
    case 'arithmetic': {
      const level = precedence(expression);
      return `${print(expression.left, level)} ${expression.operator} ${print(expression.right, level + 1)}`;
    }
    case 'comparison':
      return `${print(expression.left, 5)} ${expression.operator} ${print(expression.right, 5)}`;
    case 'and':
      return expression.operands.map(operand => print(operand, 3)).join(' and ');
    case 'or':
      return expression.operands.map(operand => print(operand, 2)).join(' or ');
    case 'in':
      return `${print(expression.operand, 5)}${not(expression)} in (${expression.options.map(option => print(option, 1)).join(', ')})`;
    case 'between':
      return `${print(expression.operand, 5)}${not(expression)} between ${print(expression.low, 5)} and ${print(expression.high, 5)}`;
    case 'like':
      return `${print(expression.operand, 5)}${not(expression)} like ${print(expression.pattern, 5)}`;
    case 'is_null':
      return `${print(expression.operand, 5)} is${not(expression)} null`;
    case 'case': {
      const branches = expression.branches.map(
        branch => `when ${print(branch.condition, 1)} then ${print(branch.value, 1)}`,
      );
      const otherwise = expression.otherwise === null ? [] : [`else ${print(expression.otherwise, 1)}`];
      return ['case', ...branches, ...otherwise, 'end'].join(' ');
    }
    case 'call': {
      const parameters = expression.arguments.map(argument => print(argument, 0)).join(', ');
      const scope = expression.scope === null ? [] : [scopeText(expression.scope)];
      const distinct = expression.distinct ? 'distinct ' : '';
      return `${expression.name.text}(${[`${distinct}${parameters}`, ...scope].filter(part => part !== '').join(' ')})`;
    }
    case 'conversions': {
      const within = expression.within === null ? '' : ` within ${bare(expression.within)}`;
      return `conversions(${print(expression.from, 0)} -> ${print(expression.to, 0)} by ${dimensions(expression.by)}${within})`;
    }
    case 'modified': {
      const inBrackets = expression.bracketed && precedence(expression.operand) < 8;
      const operand = inBrackets ? `(${print(expression.operand, 0)})` : print(expression.operand, 1);
      const where = expression.where === null ? [] : [`where ${print(expression.where, 1)}`];
      const lifespan = expression.lifespan === null ? [] : [`while ${bare(expression.lifespan)}`];
      const time = expression.time === null ? [] : [`at ${bare(expression.time)}`];
      return [operand, ...where, ...lifespan, ...time].join(' ');
    }
    case 'error':
      return '?';
  }
}

function pluralOf(unit: string, amount: string): string {
  if (amount === '1') return unit;
  return unit === 'half' ? 'halves' : `${unit}s`;
}

function scopeText(scope: CallScope): string {
  const having = scope.having === null ? '' : ` having ${print(scope.having, 1)}`;
  return `${scope.kind} ${dimensions(scope.dimensions)}${having}`;
}

function dimensions(words: readonly DimensionWord[]): string {
  return words.map(({ every, path }) => `${every ? 'every ' : ''}${bare(path)}`).join(', ');
}
