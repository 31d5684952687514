/** The formula as written: a tree whose names are still text and whose places are offsets within the formula. */

/** A half-open range of offsets within the formula's text. */
export type At = readonly [start: number, end: number];

export interface Word {
  readonly text: string;
  readonly at: At;
}

export type DurationUnit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year';

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

export interface NumberLiteral {
  readonly kind: 'number';
  readonly text: string;
  readonly at: At;
}
export interface StringLiteral {
  readonly kind: 'string';
  readonly value: string;
  readonly at: At;
}
export interface BooleanLiteral {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly at: At;
}
export interface NullLiteral {
  readonly kind: 'null';
  readonly at: At;
}
/** `2026-03-05`, already known to be a day that exists. */
export interface DateLiteral {
  readonly kind: 'date';
  readonly text: string;
  readonly at: At;
}
/** `2026-03-05T14:30` in the project's time zone. */
export interface TimestampLiteral {
  readonly kind: 'timestamp';
  readonly text: string;
  readonly at: At;
}
export interface DurationLiteral {
  readonly kind: 'duration';
  readonly amount: string;
  readonly unit: DurationUnit;
  readonly at: At;
}
/** A name, or names joined by dots. */
export interface PathExpression {
  readonly kind: 'path';
  readonly words: readonly Word[];
  readonly at: At;
}
export interface NegateExpression {
  readonly kind: 'negate';
  readonly operand: Expression;
  readonly at: At;
}
export interface NotExpression {
  readonly kind: 'not';
  readonly operand: Expression;
  readonly at: At;
}
export interface ArithmeticExpression {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: At;
}
export interface ComparisonExpression {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: At;
}
export interface LogicalExpression {
  readonly kind: 'and' | 'or';
  readonly operands: readonly Expression[];
  readonly at: At;
}
export interface InExpression {
  readonly kind: 'in';
  readonly operand: Expression;
  readonly options: readonly Expression[];
  readonly negated: boolean;
  readonly at: At;
}
export interface BetweenExpression {
  readonly kind: 'between';
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
  readonly negated: boolean;
  readonly at: At;
}
export interface LikeExpression {
  readonly kind: 'like';
  readonly operand: Expression;
  readonly pattern: Expression;
  readonly negated: boolean;
  readonly at: At;
}
export interface IsNullExpression {
  readonly kind: 'is_null';
  readonly operand: Expression;
  readonly negated: boolean;
  readonly at: At;
}
export interface CaseExpression {
  readonly kind: 'case';
  readonly branches: readonly { readonly condition: Expression; readonly value: Expression }[];
  readonly otherwise: Expression | null;
  readonly at: At;
}
/** One dimension after `per`, `across`, `within` or `by`. */
export interface DimensionWord {
  readonly every: boolean;
  readonly path: PathExpression;
}
/** What stands after the arguments of a call: `per region having x > 1`, `across region`, `within region`. */
export interface CallScope {
  readonly kind: 'per' | 'across' | 'within';
  readonly dimensions: readonly DimensionWord[];
  readonly having: Expression | null;
  readonly at: At;
}
export interface CallExpression {
  readonly kind: 'call';
  readonly name: Word;
  readonly distinct: boolean;
  readonly arguments: readonly Expression[];
  readonly scope: CallScope | null;
  readonly at: At;
}
export interface ConversionsExpression {
  readonly kind: 'conversions';
  readonly from: Expression;
  readonly to: Expression;
  readonly by: readonly DimensionWord[];
  readonly within: DurationLiteral | null;
  readonly at: At;
}
/** An expression with `where`, `while` and `at` behind it. */
export interface ModifiedExpression {
  readonly kind: 'modified';
  readonly operand: Expression;
  /** True where the operand stands in its own brackets, so that what the modifier belongs to is plain to see. */
  readonly bracketed: boolean;
  readonly where: Expression | null;
  readonly lifespan: PathExpression | null;
  readonly time: PathExpression | null;
  /** The modifiers alone, without what they modify. */
  readonly modifiersAt: At;
  readonly at: At;
}

/** Stands where the text could not be read; it has been reported and raises nothing further. */
export interface ErrorExpression {
  readonly kind: 'error';
  readonly at: At;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NullLiteral
  | DateLiteral
  | TimestampLiteral
  | DurationLiteral
  | PathExpression
  | NegateExpression
  | NotExpression
  | ArithmeticExpression
  | ComparisonExpression
  | LogicalExpression
  | InExpression
  | BetweenExpression
  | LikeExpression
  | IsNullExpression
  | CaseExpression
  | CallExpression
  | ConversionsExpression
  | ModifiedExpression
  | ErrorExpression;

/** The expressions directly inside one, in the order in which they are written. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'negate':
    case 'not':
    case 'is_null':
      return [expression.operand];
    case 'arithmetic':
    case 'comparison':
      return [expression.left, expression.right];
    case 'and':
    case 'or':
      return expression.operands;
    case 'in':
      return [expression.operand, ...expression.options];
    case 'between':
      return [expression.operand, expression.low, expression.high];
    case 'like':
      return [expression.operand, expression.pattern];
    case 'case': {
      const inner = expression.branches.flatMap(branch => [branch.condition, branch.value]);
      return expression.otherwise === null ? inner : [...inner, expression.otherwise];
    }
    case 'call': {
      const having = expression.scope?.having ?? null;
      return having === null ? expression.arguments : [...expression.arguments, having];
    }
    case 'conversions':
      return [expression.from, expression.to];
    case 'modified':
      return expression.where === null ? [expression.operand] : [expression.operand, expression.where];
    case 'number':
    case 'string':
    case 'boolean':
    case 'null':
    case 'date':
    case 'timestamp':
    case 'duration':
    case 'path':
    case 'error':
      return [];
  }
}
