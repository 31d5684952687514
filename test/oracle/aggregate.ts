/** Aggregates of the oracle: lists of values in, one value out. Nulls are left out; of nothing, count and sum are 0. */
import type { AggregateName } from '../../compiler/index.ts';
import { type Fraction, fraction, plus } from './number.ts';
import { asNumber, compareValues, isFraction, type Value } from './values.ts';

/** `values` has one list for each argument; `order` tells, for each row, its place in the order of `first` and `last`. */
export function aggregate(
  name: AggregateName,
  values: readonly (readonly Value[])[],
  rows: number,
  order: readonly (readonly Value[])[],
): Value {
  const [all = [], second = []] = values;
  const known = all.filter(value => value !== null);
  switch (name) {
    case 'count':
      return fraction(BigInt(values.length === 0 ? rows : known.length));
    case 'count_distinct':
      return fraction(BigInt(distinct(known).length));
    case 'sum':
      return sum(known);
    case 'avg':
      return known.length === 0 ? null : mean(known);
    case 'min':
    case 'max': {
      const sign = name === 'max' ? 1 : -1;
      return known.reduce<Value>(
        (best, value) => (best === null || compareValues(value, best) * sign > 0 ? value : best),
        null,
      );
    }
    case 'median':
      return percentile(known, 0.5);
    case 'percentile':
      return percentile(known, numberOf(second[0] ?? null));
    case 'variance':
      return variance(known);
    case 'stddev': {
      const found = variance(known);
      return found === null ? null : Math.sqrt(found);
    }
    case 'corr':
      return correlation(all, second);
    case 'any':
      return known.length === 0 ? null : known.includes(true);
    case 'all':
      return known.length === 0 ? null : !known.includes(false);
    case 'first':
    case 'last':
      return atEnd(name, all, order);
  }
}

function numberOf(value: Value): number {
  return typeof value === 'number' || isFraction(value) ? asNumber(value) : Number.NaN;
}

function distinct(values: readonly Value[]): readonly Value[] {
  return values.filter((value, index) => values.findIndex(other => compareValues(other, value) === 0) === index);
}

function sum(values: readonly Value[]): Value {
  const fractions = values.filter(isFraction);
  if (fractions.length === values.length) return fractions.reduce<Fraction>(plus, fraction(0n));
  return values.reduce<number>((total, value) => total + numberOf(value), 0);
}

function mean(values: readonly Value[]): number {
  const total = sum(values);
  return isFraction(total)
    ? asNumber(fraction(total.over, total.under * BigInt(values.length)))
    : numberOf(total) / values.length;
}

function percentile(values: readonly Value[], share: number): number | null {
  const sorted = values.map(numberOf).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const place = share * (sorted.length - 1);
  const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

function variance(values: readonly Value[]): number | null {
  if (values.length < 2) return null;
  const numbers = values.map(numberOf);
  const middle = mean(values);
  return numbers.reduce((total, value) => total + (value - middle) ** 2, 0) / (numbers.length - 1);
}

function correlation(left: readonly Value[], right: readonly Value[]): number | null {
  const pairs = left.flatMap((value, index) => {
    const other = right[index] ?? null;
    return value === null || other === null ? [] : [[numberOf(value), numberOf(other)] as const];
  });
  const average = (place: 0 | 1) => pairs.reduce((total, pair) => total + pair[place], 0) / pairs.length;
  const [a, b] = [average(0), average(1)];
  const product = (x: 0 | 1, y: 0 | 1) =>
    pairs.reduce((total, pair) => total + (pair[x] - (x === 0 ? a : b)) * (pair[y] - (y === 0 ? a : b)), 0);
  const spread = Math.sqrt(product(0, 0) * product(1, 1));
  return pairs.length < 2 || spread === 0 ? null : product(0, 1) / spread;
}

/** The first of `order` is the time: rows without one come after all others for `first`, and before all for `last`. */
function atEnd(name: 'first' | 'last', values: readonly Value[], order: readonly (readonly Value[])[]): Value {
  const places = values.flatMap((value, index) => (value === null ? [] : [{ value, keys: order[index] ?? [] }]));
  const compare = (a: readonly Value[], b: readonly Value[]) => {
    for (const [index, left] of a.entries()) {
      const right = b[index] ?? null;
      if (left === null || right === null) {
        if (left !== right) return (left === null ? 1 : -1) * (name === 'first' ? 1 : -1);
      } else if (compareValues(left, right) !== 0) return compareValues(left, right);
    }
    return 0;
  };
  const sorted = places.sort((a, b) => compare(a.keys, b.keys));
  return (name === 'first' ? sorted[0] : sorted.at(-1))?.value ?? null;
}
