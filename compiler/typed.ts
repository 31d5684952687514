/** What expressions of both levels have in common: types, units, functions, literals. */
import type { Grain } from './calendar/index.ts';

export type Type = 'boolean' | 'string' | 'integer' | 'decimal' | 'float' | 'date' | 'timestamp' | 'duration';

/** The type of an expression: a type, `null` for the bare literal, or `unknown` where an error has been reported. */
export type ExpressionType = Type | 'null' | 'unknown';

/**
 * What is counted: a product of powers of currencies (`EUR`), times (`days`) and counted things (`seats`).
 * No factors at all is the unit *none* of counts and ratios; *unspecified* takes the unit of what it meets.
 */
export type Unit =
  | { readonly kind: 'unspecified' }
  | { readonly kind: 'known'; readonly factors: Readonly<Record<string, number>> }
  /** Money whose currency stands in a column: `code` of its own row, `account.code` of one that it joins to, or of some other row. */
  | { readonly kind: 'mixed'; readonly currencyColumn: string };

export interface Typed {
  readonly type: ExpressionType;
  readonly unit: Unit;
}

/** Scalar functions and operators, by the names that the language has for them or would give them. */
export type FunctionName =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'modulo'
  | 'negate'
  | 'equal'
  | 'unequal'
  | 'less'
  | 'less_or_equal'
  | 'greater'
  | 'greater_or_equal'
  | 'and'
  | 'or'
  | 'not'
  | 'is_null'
  | 'in'
  | 'like'
  | 'case'
  | 'coalesce'
  | 'nullif'
  | 'greatest'
  | 'least'
  | 'abs'
  | 'round'
  | 'floor'
  | 'ceil'
  | 'sqrt'
  | 'ln'
  | 'exp'
  | 'power'
  | 'lower'
  | 'upper'
  | 'trim'
  | 'length'
  | 'concat'
  | 'substring'
  | 'replace'
  | 'contains'
  | 'starts_with'
  | 'ends_with'
  | 'date'
  | 'year'
  | 'quarter'
  | 'month'
  | 'day'
  | 'weekday'
  | 'days_between'
  | 'hours_between'
  | 'minutes_between'
  | 'months_between'
  | 'working_days'
  | 'add_days'
  | 'add_months'
  | 'add_seconds'
  | 'bucket';

/** A value as text: numbers keep every digit, dates are `YYYY-MM-DD`, timestamps local to the project's zone. */
export interface Literal extends Typed {
  readonly kind: 'literal';
  readonly value: string | boolean | null;
}

/** `case` takes when, then, when, then, ... and the value otherwise last; `in` takes the value first. */
export interface Call<E> extends Typed {
  readonly kind: 'call';
  readonly function: FunctionName;
  readonly arguments: readonly E[];
}

/** `date_trunc`, and the bucket of a time axis. */
export interface Truncation<E> extends Typed {
  readonly kind: 'truncate';
  readonly grain: Grain;
  readonly operand: E;
}

export interface ErrorNode extends Typed {
  readonly kind: 'error';
}

export const unspecified: Unit = { kind: 'unspecified' };
/** The unit of counts and of ratios of equal units. */
export const noUnit: Unit = { kind: 'known', factors: {} };
export const errorNode: ErrorNode = { kind: 'error', type: 'unknown', unit: unspecified };
