/**
 * Values and scalar functions of the oracle. Whole and decimal numbers are fractions, floats are numbers, dates are days
 * and timestamps microseconds since 1970; the type of the expression tells which. Logic is three-valued.
 */
import type { ExpressionType, FunctionName, Grain, Settings } from '../../compiler/index.ts';
import { bucketStart, localDay, monthsLater, partsOf } from './calendar.ts';
import { compareFractions, type Fraction, fraction, negate, plus, times, toNumber } from './number.ts';

export type Value = null | boolean | string | number | Fraction;

interface TypedNode {
  readonly type: ExpressionType;
  readonly unit: { readonly kind: string; readonly factors?: Readonly<Record<string, number>> };
  readonly kind: string;
}

interface CallNode {
  readonly function: FunctionName;
  readonly type: ExpressionType;
  readonly arguments: readonly TypedNode[];
}

export function isFraction(value: Value): value is Fraction {
  return typeof value === 'object' && value !== null;
}

export function asNumber(value: Fraction | number): number {
  return typeof value === 'number' ? value : toNumber(value);
}

/** Texts by code points, false before true, numbers by size. */
export function compareValues(a: Value, b: Value): number {
  if (isFraction(a) && isFraction(b)) return compareFractions(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  const [left, right] = [a, b].map(value => (isFraction(value) ? toNumber(value) : Number(value)));
  return Math.sign((left ?? 0) - (right ?? 0));
}

function compareTexts(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(left.length - right.length);
}

export function bucketValue(grain: Grain, value: Value, type: ExpressionType, { timeZone, calendar }: Settings): Value {
  if (typeof value !== 'number') return null;
  if (grain === 'hour') return Math.floor(value / 3.6e9) * 3.6e9;
  return bucketStart(grain, type === 'timestamp' ? localDay(value, timeZone) : value, calendar);
}

const hour = 3_600_000_000;

/** A call whose operands are computed only where they are needed. */
export function call(node: CallNode, operands: readonly (() => Value)[], settings: Settings): Value {
  const name = node.function;
  const at = (index: number): Value => operands[index]?.() ?? null;
  switch (name) {
    case 'and': {
      const all = operands.map(operand => operand());
      return all.includes(false) ? false : all.includes(null) ? null : true;
    }
    case 'or': {
      const all = operands.map(operand => operand());
      return all.includes(true) ? true : all.includes(null) ? null : false;
    }
    case 'not': {
      const value = at(0);
      return value === null ? null : !value;
    }
    case 'is_null':
      return at(0) === null;
    case 'case': {
      for (let index = 0; index + 1 < operands.length; index += 2)
        if (at(index) === true) return convert(at(index + 1), node.type);
      return convert(at(operands.length - 1), node.type);
    }
    case 'coalesce': {
      for (const operand of operands) {
        const value = operand();
        if (value !== null) return convert(value, node.type);
      }
      return null;
    }
    case 'greatest':
    case 'least': {
      const known = operands.map(operand => operand()).filter(value => value !== null);
      const sign = name === 'greatest' ? 1 : -1;
      const best = known.reduce<Value>(
        (most, value) => (most === null || compareValues(value, most) * sign > 0 ? value : most),
        null,
      );
      return convert(best, node.type);
    }
    case 'in': {
      const [value, ...options] = operands.map(operand => operand());
      if (value === null || value === undefined) return null;
      if (options.some(option => option !== null && compareValues(option, value) === 0)) return true;
      return options.includes(null) ? null : false;
    }
    case 'nullif': {
      const [value, other] = [at(0), at(1)];
      return value !== null && other !== null && compareValues(value, other) === 0 ? null : value;
    }
    default: {
      const values = operands.map(operand => operand());
      return values.includes(null) ? null : strict(node, values, settings);
    }
  }
}

function convert(value: Value, type: ExpressionType): Value {
  return type === 'float' && isFraction(value) ? toNumber(value) : value;
}

/** Functions that are null where any operand is. */
function strict(node: CallNode, values: readonly Value[], settings: Settings): Value {
  const [a = null, b = null, c = null] = values;
  const types = node.arguments.map(argument => argument.type);
  const order = () => compareValues(a, b);
  switch (node.function) {
    case 'equal':
      return order() === 0;
    case 'unequal':
      return order() !== 0;
    case 'less':
      return order() < 0;
    case 'less_or_equal':
      return order() <= 0;
    case 'greater':
      return order() > 0;
    case 'greater_or_equal':
      return order() >= 0;
    case 'add':
    case 'subtract':
      return sum(node, a, b);
    case 'multiply':
      return isFraction(a) && isFraction(b) ? times(a, b) : number(a) * number(b);
    case 'divide':
      return number(b) === 0 ? null : quotient(a, b);
    case 'modulo':
      return remainder(a, b);
    case 'negate':
      return isFraction(a) ? negate(a) : -number(a);
    case 'abs':
      return isFraction(a) ? (a.over < 0n ? negate(a) : a) : Math.abs(number(a));
    case 'floor':
    case 'ceil': {
      if (!isFraction(a)) return node.function === 'floor' ? Math.floor(number(a)) : Math.ceil(number(a));
      const down = a.over / a.under - (a.over < 0n && a.over % a.under !== 0n ? 1n : 0n);
      return fraction(node.function === 'floor' || a.over % a.under === 0n ? down : down + 1n);
    }
    case 'round':
      return round(a, isFraction(b) ? Number(b.over) : 0);
    case 'sqrt':
      return number(a) < 0 ? null : Math.sqrt(number(a));
    case 'ln':
      return number(a) <= 0 ? null : Math.log(number(a));
    case 'exp':
      return finite(Math.exp(number(a)));
    case 'power':
      return finite(number(a) ** number(b));
    case 'lower':
      return String(a).toLowerCase();
    case 'upper':
      return String(a).toUpperCase();
    case 'trim':
      return String(a).replace(/^ +| +$/g, '');
    case 'length':
      return fraction(BigInt([...String(a)].length));
    case 'concat':
      return values.join('');
    case 'substring': {
      const from = integer(b);
      const length = values.length > 2 ? integer(c) : Number.POSITIVE_INFINITY;
      return [...String(a)].filter((_, index) => index + 1 >= from && index + 1 < from + length).join('');
    }
    case 'replace':
      return String(a).replaceAll(String(b), String(c));
    case 'contains':
      return String(a).includes(String(b));
    case 'starts_with':
      return String(a).startsWith(String(b));
    case 'ends_with':
      return String(a).endsWith(String(b));
    case 'like':
      return likeness(String(b)).test(String(a));
    case 'date':
      return day(a, types[0], settings);
    case 'year':
      return whole(partsOf(day(a, types[0], settings)).year);
    case 'quarter':
      return whole(Math.ceil(partsOf(day(a, types[0], settings)).month / 3));
    case 'month':
      return whole(partsOf(day(a, types[0], settings)).month);
    case 'day':
      return whole(partsOf(day(a, types[0], settings)).date);
    case 'weekday':
      return whole(partsOf(day(a, types[0], settings)).weekday);
    case 'days_between':
      return whole(day(b, types[1], settings) - day(a, types[0], settings));
    case 'hours_between':
      return (number(b) - number(a)) / hour;
    case 'minutes_between':
      return (number(b) - number(a)) / (hour / 60);
    case 'months_between':
      return whole(monthsBetween(day(a, types[0], settings), day(b, types[1], settings)));
    case 'working_days':
      return whole(workingDays(day(a, types[0], settings), day(b, types[1], settings), settings));
    case 'add_days':
      return number(a) + integer(b) * (types[0] === 'timestamp' ? 24 * hour : 1);
    case 'add_months':
      return monthsMoved(number(a), integer(b), types[0]);
    case 'bucket':
      return bucketLabel(values, node);
    default:
      throw new Error(`the oracle has no ${node.function}`);
  }
}

function number(value: Value): number {
  return isFraction(value) ? toNumber(value) : Number(value);
}

function integer(value: Value): number {
  return isFraction(value) ? Number(value.over / value.under) : Number(value);
}

function whole(value: number): Fraction {
  return fraction(BigInt(value));
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function quotient(a: Value, b: Value): number {
  return isFraction(a) && isFraction(b)
    ? toNumber(fraction(a.over * b.under, a.under * b.over))
    : number(a) / number(b);
}

function remainder(a: Value, b: Value): Value {
  if (number(b) === 0) return null;
  if (!isFraction(a) || !isFraction(b)) return number(a) % number(b);
  const [left, right] = [a.over * b.under, b.over * a.under];
  return fraction(left % right, a.under * b.under);
}

/** Half away from zero. */
function round(value: Value, places: number): Value {
  const factor = 10n ** BigInt(Math.abs(places));
  const scaled = (x: Fraction) =>
    places < 0 ? fraction(x.over, x.under * factor) : fraction(x.over * factor, x.under);
  const unscaled = (x: bigint) => (places < 0 ? fraction(x * factor) : fraction(x, factor));
  if (isFraction(value)) {
    const { over, under } = scaled(value);
    const size = over < 0n ? -over : over;
    const rounded = (2n * size + under) / (2n * under);
    return unscaled(over < 0n ? -rounded : rounded);
  }
  const size = 10 ** places;
  return (Math.sign(number(value)) * Math.round(Math.abs(number(value)) * size)) / size;
}

const steps: Readonly<Record<string, { readonly months?: number; readonly micros?: number }>> = {
  minutes: { micros: hour / 60 },
  hours: { micros: hour },
  days: { micros: 24 * hour },
  weeks: { micros: 168 * hour },
  months: { months: 1 },
  quarters: { months: 3 },
  halves: { months: 6 },
  years: { months: 12 },
};

/** Numbers, or a moment and a duration, or two moments. */
function sum(node: CallNode, a: Value, b: Value): Value {
  const [left, right] = node.arguments;
  const sign = node.function === 'add' ? 1 : -1;
  if (left === undefined || right === undefined) return null;
  if (left.type === 'duration') return moved(b, a, left, right.type, 1);
  if (right.type === 'duration') return moved(a, b, right, left.type, sign);
  if (left.type === 'timestamp') return (number(a) - number(b)) / (24 * hour);
  if (left.type === 'date') return whole(number(a) - number(b));
  if (isFraction(a) && isFraction(b)) return plus(a, sign === 1 ? b : negate(b));
  return number(a) + sign * number(b);
}

function moved(moment: Value, amount: Value, duration: TypedNode, type: ExpressionType, sign: number): Value {
  const [unit = 'days'] = Object.keys(duration.unit.factors ?? {});
  const step = steps[unit] ?? {};
  const count = number(amount) * sign;
  if (step.months !== undefined) return monthsMoved(number(moment), count * step.months, type);
  const micros = count * (step.micros ?? 0);
  return number(moment) + (type === 'date' ? micros / (24 * hour) : micros);
}

function monthsMoved(moment: number, months: number, type: ExpressionType | undefined): number {
  if (type !== 'timestamp') return monthsLater(moment, months);
  const dayPart = Math.floor(moment / (24 * hour));
  return monthsLater(dayPart, months) * 24 * hour + (moment - dayPart * 24 * hour);
}

function day(value: Value, type: ExpressionType | undefined, { timeZone }: Settings): number {
  return type === 'timestamp' ? localDay(number(value), timeZone) : number(value);
}

/** The most months that can be added to the earlier day without passing the later, counted one by one. */
function monthsBetween(a: number, b: number): number {
  if (b < a) return -monthsBetween(b, a) || 0;
  let months = 0;
  while (monthsLater(a, months + 1) <= b) months += 1;
  return months;
}

function workingDays(a: number, b: number, { calendar }: Settings): number {
  if (b < a)
    return (
      -workingDays(b, a, { timeZone: 'UTC', calendar, name: '', currency: null, rates: null, attributes: {} }) || 0
    );
  const holidays = new Set(calendar.holidays.map(text => Date.parse(`${text}T00:00:00Z`) / 86_400_000));
  let count = 0;
  for (let each = a; each < b; each += 1) if (partsOf(each).weekday <= 5 && !holidays.has(each)) count += 1;
  return count;
}

function likeness(pattern: string): RegExp {
  const parts = [...pattern].map(character => {
    if (character === '%') return '[\\s\\S]*';
    return character === '_' ? '[\\s\\S]' : character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'u');
}

function bucketLabel(values: readonly Value[], node: CallNode): string {
  const [value = null, ...bounds] = values;
  const texts = node.arguments.slice(1).map(bound => ('value' in bound ? String(bound.value) : '?'));
  const place = bounds.findIndex(bound => compareValues(value, bound) < 0);
  if (place === 0) return `< ${texts[0]}`;
  return place < 0 ? `>= ${texts.at(-1)}` : `${texts[place - 1]} to < ${texts[place]}`;
}
