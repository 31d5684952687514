/**
 * An answer beside the rows that a test expects: which of them agree, which differ and where, which are missing and which
 * are too many. Only columns that expected rows name are looked at. Exact numbers agree to 1e-9; floats do too, or to as
 * many digits as they have.
 */
import { type CellValue, type ExpectedRow, type ExpressionType, parseTimestamp } from '../compiler/index.ts';
import type { Answer, AnswerColumn, Value } from './answer.ts';

/** A row of the one, of the other, or of both, with a value for each compared column; undefined is not compared. */
export interface ComparedRow {
  readonly kind: 'agrees' | 'differs' | 'missing' | 'extra';
  readonly expected: readonly (Value | undefined)[] | null;
  readonly found: readonly Value[] | null;
  /** The columns in which the two differ, by their place. */
  readonly differing: readonly number[];
}

export interface Comparison {
  readonly columns: readonly AnswerColumn[];
  /** In the order of the answer, missing rows last; in the asked order, where one was asked. */
  readonly rows: readonly ComparedRow[];
}

export function agrees({ rows }: Comparison): boolean {
  return rows.every(row => row.kind === 'agrees');
}

export function compareAnswer(answer: Answer, rows: readonly ExpectedRow[], order: 'asked' | 'any'): Comparison {
  const columns = comparedColumns(answer, rows);
  const places = columns.map(column => answer.columns.indexOf(column));
  const found = answer.rows.map(row => places.map(place => row[place] ?? null));
  const expected = rows.map(row =>
    columns.map(({ name, type }) =>
      Object.hasOwn(row.cells, name) ? asAnswered(row.cells[name] ?? null, type) : undefined,
    ),
  );
  const pairing = order === 'asked' ? inOrder(expected.length, found.length) : paired(expected, found, columns);
  return { columns, rows: pairing.map(pair => compared(pair, expected, found, columns)) };
}

/** A value as answers write it. */
function asAnswered(value: CellValue, type: ExpressionType): Value {
  return type === 'timestamp' && typeof value === 'string' ? `${value.replace(' ', 'T')}Z` : value;
}

/** Columns that some expected row names; where none is expected, all. */
function comparedColumns(answer: Answer, rows: readonly ExpectedRow[]): readonly AnswerColumn[] {
  if (rows.length === 0) return answer.columns;
  return answer.columns.filter(column => rows.some(row => Object.hasOwn(row.cells, column.name)));
}

type Cells = readonly (Value | undefined)[];

interface Pair {
  readonly expected: number | null;
  readonly found: number | null;
}

function compared(
  pair: Pair,
  expected: readonly Cells[],
  found: readonly (readonly Value[])[],
  columns: readonly AnswerColumn[],
): ComparedRow {
  const wanted = pair.expected === null ? null : (expected[pair.expected] ?? null);
  const there = pair.found === null ? null : (found[pair.found] ?? null);
  if (wanted === null || there === null)
    return { kind: wanted === null ? 'extra' : 'missing', expected: wanted, found: there, differing: [] };
  const differing = differences(wanted, there, columns);
  return { kind: differing.length === 0 ? 'agrees' : 'differs', expected: wanted, found: there, differing };
}

function differences(wanted: Cells, there: readonly Value[], columns: readonly AnswerColumn[]): readonly number[] {
  return columns.flatMap(({ type }, index) => (isSame(wanted[index], there[index] ?? null, type) ? [] : [index]));
}

function inOrder(expected: number, found: number): readonly Pair[] {
  return Array.from({ length: Math.max(expected, found) }, (_, index) => ({
    expected: index < expected ? index : null,
    found: index < found ? index : null,
  }));
}

/** First the rows that agree, as many as can; of the others those that are most alike, and none that are not at all. */
function paired(
  expected: readonly Cells[],
  found: readonly (readonly Value[])[],
  columns: readonly AnswerColumn[],
): readonly Pair[] {
  const partner = agreeing(expected, found, columns);
  const likeness = expected.flatMap((wanted, left) =>
    partner.has(left) ? [] : found.map((there, right) => ({ left, right, alike: alike(wanted, there, columns) })),
  );
  const taken = new Set(partner.values());
  for (const { left, right } of likeness.filter(each => each.alike > 0).sort((a, b) => b.alike - a.alike)) {
    if (partner.has(left) || taken.has(right)) continue;
    partner.set(left, right);
    taken.add(right);
  }
  const of = new Map([...partner].map(([left, right]) => [right, left]));
  const missing = expected.flatMap((_, left) => (partner.has(left) ? [] : [{ expected: left, found: null }]));
  return [...found.map((_, right) => ({ expected: of.get(right) ?? null, found: right })), ...missing];
}

/** A largest set of pairs that agree. Rows that name other columns than their neighbours may agree with several. */
function agreeing(
  expected: readonly Cells[],
  found: readonly (readonly Value[])[],
  columns: readonly AnswerColumn[],
): Map<number, number> {
  const owner = new Map<number, number>();
  const place = (left: number, tried: Set<number>): boolean => {
    const wanted = expected[left] ?? [];
    for (const [right, there] of found.entries()) {
      if (tried.has(right) || differences(wanted, there, columns).length > 0) continue;
      tried.add(right);
      const before = owner.get(right);
      if (before !== undefined && !place(before, tried)) continue;
      owner.set(right, left);
      return true;
    }
    return false;
  };
  for (const left of expected.keys()) place(left, new Set());
  return new Map([...owner].map(([right, left]) => [left, right]));
}

/** How alike two rows are that do not agree: not at all, where they are of different groups as far as these are named. */
function alike(wanted: Cells, there: readonly Value[], columns: readonly AnswerColumn[]): number {
  const differing = new Set(differences(wanted, there, columns));
  const named = [...columns.keys()].filter(index => wanted[index] !== undefined);
  if (named.some(index => columns[index]?.kind === 'dimension' && differing.has(index))) return 0;
  return 1 + named.length - differing.size;
}

/** Whether a value is the one that is expected. */
function isSame(wanted: Value | undefined, there: Value, type: ExpressionType): boolean {
  if (wanted === undefined) return true;
  if (wanted === null || there === null) return wanted === there;
  switch (type) {
    case 'integer':
    case 'decimal':
      return exactlyNear(String(wanted), String(there));
    case 'float': {
      const [a, b] = [Number(wanted), Number(there)];
      return Math.abs(a - b) <= Math.max(1e-9, Math.abs(b) * 4 * Number.EPSILON);
    }
    case 'timestamp':
      return instant(String(wanted)) === instant(String(there));
    default:
      return wanted === there;
  }
}

/** Whether two numbers in text differ by 1e-9 at most, with no digit lost on the way. */
function exactlyNear(a: string, b: string): boolean {
  const [left, right] = [fraction(a), fraction(b)];
  const places = Math.max(left.places, right.places, 9);
  const at = ({ digits, places: own }: ReturnType<typeof fraction>) => digits * 10n ** BigInt(places - own);
  const difference = at(left) - at(right);
  const most = 10n ** BigInt(places - 9);
  return difference <= most && difference >= -most;
}

/** `-1.25e1` as -125 with one place. */
function fraction(text: string): { readonly digits: bigint; readonly places: number } {
  const [mantissa = '', exponent = '0'] = text.replace(/^\+/, '').toLowerCase().split('e');
  const [whole = '', behind = ''] = mantissa.split('.');
  const digits = BigInt(`${whole === '' || whole === '-' ? `${whole}0` : whole}${behind}`);
  const places = behind.length - Number(exponent);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

function instant(text: string): string {
  const parsed = parseTimestamp(text.replace(/Z$/, ''));
  return parsed === null ? text : `${parsed.milliseconds}.${parsed.micros}`;
}
