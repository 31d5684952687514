/**
 * A condition as data: the values that dimensions may have in, the condition that says the same out. Nothing is spliced into
 * a text: each value becomes a literal of its dimension's type, and the text is there for findings to point into.
 */
import {
  clockOf,
  formatDay,
  instantOf,
  isTimestamp,
  millisecondsPerDay,
  pad,
  parseDay,
  parseTimestamp,
  type ZoneClock,
} from '../calendar/index.ts';
import { noSuchDate, type Report, unknownName } from '../diagnostics/index.ts';
import { type At, type Expression, type PathExpression, parseFormula } from '../formula/index.ts';
import type { ExpressionType } from '../model.ts';
import type { Span } from '../source.ts';

export type Choice = string | number | boolean | null;

/** By dimension, the value that it must have, or the values of which it must have one; null is a missing value. */
export type Choices = Readonly<Record<string, Choice | readonly Choice[]>>;

/** Where a dimension and its values stand in the text of the condition. */
interface Chosen {
  readonly name: string;
  readonly nameAt: At;
  readonly values: readonly { readonly value: string | number | boolean; readonly at: At }[];
  readonly isList: boolean;
  readonly isNull: boolean;
  readonly at: At;
}

/** The condition as people would write it; a date looks like any text, since what it is only its dimension says. */
export function choicesText(choices: Choices): string {
  return written(choices).text;
}

function written(choices: Choices): { readonly text: string; readonly all: readonly Chosen[] } {
  let text = '';
  const add = (piece: string): At => {
    text += piece;
    return [text.length - piece.length, text.length];
  };
  const all = Object.entries(choices).map(([name, choice]): Chosen => {
    if (text !== '') add(' and ');
    const options = isList(choice) ? choice : [choice];
    const known = options.flatMap(value => (value === null ? [] : [value]));
    const hasNull = known.length < options.length;
    const isEither = hasNull && known.length > 0;
    const start = text.length;
    if (isEither) add('(');
    const nameAt = add(name);
    if (known.length === 0 && hasNull) {
      add(' is null');
      return { name, nameAt, values: [], isList: false, isNull: true, at: [start, text.length] };
    }
    add(isList(choice) ? ' in (' : ' = ');
    const values = known.map((value, index) => {
      if (index > 0) add(', ');
      return { value, at: add(valueText(value)) };
    });
    if (isList(choice)) add(')');
    if (!isEither) return { name, nameAt, values, isList: isList(choice), isNull: false, at: [start, text.length] };
    add(' or ');
    add(`${name} is null)`);
    return { name, nameAt, values, isList: true, isNull: true, at: [start, text.length] };
  });
  return { text, all };
}

function isList(choice: Choice | readonly Choice[]): choice is readonly Choice[] {
  return Array.isArray(choice);
}

function valueText(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : numberText(value);
}

/** A number in plain digits: JSON writes very large and very small ones with an exponent. */
function numberText(value: number | boolean): string {
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = Number(exponent);
  const digits = whole + fraction;
  return shift > 0
    ? `${sign}${digits.padEnd(whole.length + shift, '0')}`
    : `${sign}0.${'0'.repeat(-shift - whole.length)}${digits}`;
}

/** What the literals of a condition depend on. */
export interface ChoiceContext {
  /** The type of a dimension; null where there is no such dimension, which is reported when the condition is bound. */
  readonly typeOf: (path: PathExpression) => ExpressionType | null;
  readonly timeZone: string;
  readonly locate: (at: At) => Span;
  readonly report: Report;
}

/** The condition, with the places of its words in `choicesText`; null where nothing is chosen, or a name is none. */
export function choicesCondition(choices: Choices, context: ChoiceContext): Expression | null {
  const { text, all } = written(choices);
  const conditions = all.flatMap(chosen => conditionOf(chosen, context) ?? []);
  const [only, ...others] = conditions;
  if (only === undefined || conditions.length < all.length) return null;
  return others.length === 0 ? only : { kind: 'and', operands: conditions, at: [0, text.length] };
}

function conditionOf(chosen: Chosen, context: ChoiceContext): Expression | null {
  const path = pathOf(chosen.name, chosen.nameAt, context);
  if (path === null) return null;
  const { values, isNull, at } = chosen;
  const type = context.typeOf(path);
  const literals = values.map(({ value, at: place }) => literalOf(value, type, place, context));
  if (literals.some(each => each.kind === 'error')) return null;
  const missing: Expression = { kind: 'is_null', operand: path, negated: false, at };
  const [only] = literals;
  // Nothing is in an empty list; that there is such a dimension is looked up all the same.
  if (only === undefined)
    return isNull ? missing : { kind: 'and', operands: [missing, { kind: 'boolean', value: false, at }], at };
  if (!chosen.isList) return { kind: 'comparison', operator: '=', left: path, right: only, at };
  const among: Expression = { kind: 'in', operand: path, options: literals, negated: false, at };
  return isNull ? { kind: 'or', operands: [among, missing], at } : among;
}

/** The name of a dimension, moved to where it stands in the condition. */
function pathOf(name: string, nameAt: At, { locate, report }: ChoiceContext): PathExpression | null {
  const [start] = nameAt;
  const moved = ([from, until]: At): At => [start + from, start + until];
  const found = parseFormula(name, at => locate(moved(at)), report);
  if (found.kind === 'path')
    return { ...found, words: found.words.map(({ text, at }) => ({ text, at: moved(at) })), at: moved(found.at) };
  if (found.kind !== 'error')
    report(
      unknownName(locate(nameAt), {
        name,
        kind: 'dimension',
        help: 'a dimension is a column or a path: `rep.region`',
      }),
    );
  return null;
}

/** The literal that a value is for a dimension of a type; what does not fit is a plain one, whose type clashes. */
function literalOf(
  value: string | number | boolean,
  type: ExpressionType | null,
  at: At,
  { timeZone, locate, report }: ChoiceContext,
): Expression {
  if (typeof value === 'boolean') return { kind: 'boolean', value, at };
  if (typeof value === 'number') return number(numberText(value), at);
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'float':
      return /^-?\d+(\.\d+)?$/.test(value) ? number(value, at) : { kind: 'string', value, at };
    case 'date':
      if (parseDay(value) !== null) return { kind: 'date', text: value, at };
      if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return { kind: 'string', value, at };
      report(noSuchDate(locate(at), { text: value }));
      return { kind: 'error', at };
    case 'timestamp': {
      const local = value.endsWith('Z') ? localText(value.slice(0, -1), clockOf(timeZone)) : value;
      return local !== null && isTimestamp(local)
        ? { kind: 'timestamp', text: local, at }
        : { kind: 'string', value, at };
    }
    default:
      return { kind: 'string', value, at };
  }
}

function number(text: string, at: At): Expression {
  if (!text.startsWith('-')) return { kind: 'number', text, at };
  return { kind: 'negate', operand: { kind: 'number', text: text.slice(1), at }, at };
}

/** A universal time, as answers give it, on the wall; null for none, and where the wall shows it for the second time. */
function localText(universal: string, clock: ZoneClock): string | null {
  const parsed = parseTimestamp(universal);
  if (parsed === null) return null;
  const local = parsed.milliseconds + clock(parsed.milliseconds);
  if (instantOf(clock, local) !== parsed.milliseconds) return null;
  const day = Math.floor(local / millisecondsPerDay);
  return `${formatDay(day)}T${clockText(local - day * millisecondsPerDay, parsed.micros)}`;
}

function clockText(rest: number, micros: number): string {
  const seconds = Math.floor(rest / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(part => pad(part, 2));
  const fraction = (rest % 1000) * 1000 + micros;
  return fraction === 0 ? parts.join(':') : `${parts.join(':')}.${pad(fraction, 6)}`;
}
