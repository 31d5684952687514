/** Cells of the oracle: a value for each key of a frame, dimensions and buckets alike. Null equals null. */
import { type Fraction, toNumber } from './number.ts';
import { isFraction, type Value } from './values.ts';

export type Cell = readonly Value[];

const keys = new WeakMap<Cell, string>();

/** Equal for equal cells: null equals null, and a number equals itself however it is kept. */
export function keyOf(cell: Cell): string {
  const known = keys.get(cell);
  if (known !== undefined) return known;
  const key = JSON.stringify(cell.map(valueKey));
  keys.set(cell, key);
  return key;
}

function valueKey(value: Value): string | boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return `'${value}`;
  if (!isFraction(value)) return Number.isInteger(value) ? `${BigInt(value)}/1` : `${value}`;
  return value.under === 1n || !isShort(value) ? `${value.over}/${value.under}` : `${toNumber(value)}`;
}

/** Whether a float could be the same number. */
function isShort({ over }: Fraction): boolean {
  return over < 2n ** 53n && over > -(2n ** 53n);
}

export function sameValue(a: Value, b: Value): boolean {
  return valueKey(a) === valueKey(b);
}

export function unique(cells: readonly Cell[]): readonly Cell[] {
  const seen = new Set<string>();
  return cells.filter(cell => !seen.has(keyOf(cell)) && seen.add(keyOf(cell)));
}

export function grouped<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
