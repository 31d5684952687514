/** Answers as groups: rows by their keys, compared and added up. Exact for all but floats, which agree to 1e-9. */
import type { Answer, Value } from '../../runtime/index.ts';
import { type Fraction, fraction, parseFraction, plus, toDecimal } from '../oracle/number.ts';
import { Broken } from './asker.ts';

export type { Value };

export type Row = Readonly<Record<string, Value>>;

export interface Groups {
  readonly keys: readonly string[];
  readonly metrics: readonly string[];
  readonly types: Readonly<Record<string, string>>;
  /** In the order of the answer. */
  readonly rows: readonly Row[];
}

export function groupsOf({ columns, rows }: Answer): Groups {
  const named = (kind: string) => columns.filter(column => column.kind === kind).map(column => column.name);
  const groups = {
    keys: named('dimension'),
    metrics: named('metric'),
    types: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    rows: rows.map(row => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]))),
  };
  const twice = rows.length - byKey(groups).size;
  if (twice > 0) throw new Broken(`${twice} rows have the keys of others: ${shown(groups)}`);
  return groups;
}

/** A row's place among groups, by values of the named keys. */
export function keyOf(row: Row, keys: readonly string[]): string {
  return JSON.stringify(keys.map(key => row[key] ?? null));
}

export function byKey(
  { rows, keys }: Pick<Groups, 'rows' | 'keys'>,
  by: readonly string[] = keys,
): ReadonlyMap<string, Row> {
  return new Map(rows.map(row => [keyOf(row, by), row]));
}

/** Rows together that agree on some keys. */
export function gathered({ rows }: Groups, keys: readonly string[]): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row, keys);
    const same = found.get(key);
    if (same === undefined) found.set(key, [row]);
    else same.push(row);
  }
  return found;
}

export function renamed(groups: Groups, names: Readonly<Record<string, string>>): Groups {
  const name = (old: string) => names[old] ?? old;
  const record = <T>(of: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [name(key), value]));
  return {
    keys: groups.keys.map(name),
    metrics: groups.metrics.map(name),
    types: record(groups.types),
    rows: groups.rows.map(record),
  };
}

export function isSame(a: Value, b: Value, type: string | undefined): boolean {
  if (a === null || b === null || type !== 'float') return a === b;
  return isNear(Number(a), Number(b), 0);
}

function isNear(a: number, b: number, size: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), size, 1e-6);
}

/** The metrics of two rows of one group say the same. */
export function expectSameRow(found: Row, wanted: Row, metrics: readonly string[], types: Groups['types']): void {
  for (const metric of metrics) {
    const [value = null, other = null] = [found[metric], wanted[metric]];
    if (isSame(value, other, types[metric])) continue;
    throw new Broken(
      `${metric} is ${String(value)} instead of ${String(other)} in ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`,
    );
  }
}

/** The same groups with the same values, whatever the order of rows and columns. */
export function expectSame(found: Groups, wanted: Groups): void {
  expectColumns(found, wanted);
  const rows = byKey(found, wanted.keys);
  for (const row of wanted.rows) {
    const same = rows.get(keyOf(row, wanted.keys));
    if (same === undefined)
      throw new Broken(`no row ${JSON.stringify(row)} in ${shown(found)} instead of ${shown(wanted)}`);
    expectSameRow(same, row, wanted.metrics, wanted.types);
  }
  if (found.rows.length === wanted.rows.length) return;
  const known = byKey(wanted);
  const more = found.rows.filter(row => !known.has(keyOf(row, wanted.keys)));
  throw new Broken(`too many rows: ${JSON.stringify(more)} besides ${shown(wanted)}`);
}

/** The same rows in the same order. */
export function expectSameOrder(found: Groups, wanted: Groups): void {
  expectColumns(found, wanted);
  if (found.rows.length !== wanted.rows.length)
    throw new Broken(`${found.rows.length} rows instead of ${wanted.rows.length}: ${shown(found)}, ${shown(wanted)}`);
  for (const [index, row] of wanted.rows.entries()) {
    const other = found.rows[index] ?? {};
    if (keyOf(other, wanted.keys) !== keyOf(row, wanted.keys))
      throw new Broken(`row ${index + 1} is ${JSON.stringify(other)} instead of ${JSON.stringify(row)}`);
    expectSameRow(other, row, wanted.metrics, wanted.types);
  }
}

function expectColumns(found: Groups, wanted: Groups): void {
  const columns = ({ keys, metrics }: Groups) => [[...keys].sort(), [...metrics].sort()].map(each => each.join());
  const [a, b] = [columns(found), columns(wanted)];
  if (a.join(' | ') !== b.join(' | ')) throw new Broken(`columns ${a.join(' | ')} instead of ${b.join(' | ')}`);
}

export function shown({ rows }: Groups): string {
  const lines = rows.slice(0, 30).map(row => JSON.stringify(row));
  return `[${lines.join(', ')}${rows.length > 30 ? ', ...' : ''}]`;
}

/** The sum of what is not null; null where nothing is. */
export type Sum =
  | { readonly kind: 'exact'; readonly value: Fraction }
  | { readonly kind: 'float'; value: number; size: number };

export function sumOf(values: readonly Value[], type: string | undefined): Sum | null {
  const present = values.filter(value => value !== null);
  if (present.length === 0) return null;
  if (type !== 'float')
    return { kind: 'exact', value: present.map(value => parseFraction(String(value))).reduce(plus, fraction(0n)) };
  const numbers = present.map(Number);
  return {
    kind: 'float',
    value: numbers.reduce((sum, each) => sum + each, 0),
    size: Math.max(...numbers.map(Math.abs)),
  };
}

/** Whether a sum is a value; nothing at all is nothing or zero. */
export function isSum(sum: Sum | null, value: Value): boolean {
  if (sum === null) return value === null || Number(value) === 0;
  if (sum.kind === 'float') return isNear(sum.value, Number(value ?? 0), sum.size);
  return value === null ? sum.value.over === 0n : toDecimal(sum.value) === toDecimal(parseFraction(String(value)));
}

export function sumText(sum: Sum | null): string {
  if (sum === null) return 'nothing';
  return sum.kind === 'float' ? String(sum.value) : String(toDecimal(sum.value));
}
