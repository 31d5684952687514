/**
 * Frozen values: the file of a baseline in, the freezes that it holds out; and a freeze as the lines that are added to it.
 *
 * The file is lines of JSON. A freeze is one line that says what was frozen, when, and what the metric meant then, and behind
 * it a line of values for each group. Freezes are added at the end and no line is ever changed, which the digest of each
 * shows: it is made and held against the lines by the runtime.
 */
import { parseDay } from '../calendar/index.ts';
import { brokenFreeze, type Report } from '../diagnostics/index.ts';
import type { Source } from '../source.ts';

/** A value as text, so that no digit is lost; dates `YYYY-MM-DD`. */
export type FrozenValue = string | null;

export interface FrozenColumn {
  /** Of a dimension its name; of a part what it is, for people. */
  readonly name: string;
  readonly type: string;
}

export interface FrozenPart extends FrozenColumn {
  /** Powers of currencies, times and counted things; null for a number that takes the unit of what it meets. */
  readonly unit: Readonly<Record<string, number>> | null;
  /** What becomes of the values of two times: their sum, or the last; `none` where it is known only as it stands. */
  readonly time: 'sum' | 'last' | 'none';
}

export interface Freeze {
  readonly baseline: string;
  readonly metric: string;
  readonly formula: string;
  /** The day as of which the warehouse was asked, and the day on which it was. */
  readonly asOf: string;
  readonly frozenAt: string;
  /** A hash of what the metric meant. */
  readonly meaning: string;
  /** The first day and the last. */
  readonly period: readonly [from: string, to: string];
  readonly grain: string | null;
  readonly by: readonly FrozenColumn[];
  /** A metric without parts is frozen as a whole: it is known for the frozen groups alone. */
  readonly kind: 'parts' | 'whole';
  readonly parts: readonly FrozenPart[];
  /** The first day of the bucket where there is a grain, the dimensions, the parts. */
  readonly rows: readonly (readonly FrozenValue[])[];
}

/** A freeze as it stands in a file: the text that its digest is of, and the digest that it bears. */
export interface WrittenFreeze {
  readonly freeze: Freeze;
  readonly text: string;
  readonly digest: string;
  readonly line: number;
}

/** The text of a freeze without its digest, which goes into the first line by `withDigest`. */
export function freezeText({ rows, ...head }: Freeze): string {
  return [head, ...rows].map(line => `${JSON.stringify(line)}\n`).join('');
}

/** The lines that are added to a file. */
export function withDigest(text: string, digest: string): string {
  return text.replace(/\}\n/, () => `,"digest":${JSON.stringify(digest)}}\n`);
}

/** The freezes of a file, in order; a line that is none has been reported, and what follows it is not read. */
export function readFreezes(source: Source, report: Report): readonly WrittenFreeze[] {
  const found: { head: Omit<Freeze, 'rows'>; rows: FrozenValue[][]; text: string; digest: string; line: number }[] = [];
  let start = 0;
  for (const [index, line] of source.text.split('\n').entries()) {
    const span = { file: source.path, start, end: start + line.length };
    start += line.length + 1;
    if (line === '') continue;
    const value = parsed(line);
    const last = found.at(-1);
    if (isRow(value) && last !== undefined && value.length === width(last.head)) {
      last.rows.push(value);
      last.text += `${line}\n`;
      continue;
    }
    if (!isHead(value)) {
      report(brokenFreeze(span, { file: source.path, line: index + 1 }));
      return [];
    }
    const { digest, ...said } = value;
    found.push({ head: said, rows: [], text: `${JSON.stringify(said)}\n`, digest, line: index + 1 });
  }
  return found.map(({ head, rows, text, digest, line }) => ({ freeze: { ...head, rows }, text, digest, line }));
}

function width({ grain, by, parts }: Omit<Freeze, 'rows'>): number {
  return (grain === null ? 0 : 1) + by.length + parts.length;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isRow(value: unknown): value is FrozenValue[] {
  return Array.isArray(value) && value.every(each => each === null || typeof each === 'string');
}

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown) => typeof value === 'string';
const isDay = (value: unknown) => typeof value === 'string' && parseDay(value) !== null;
const isOneOf =
  (...options: readonly string[]) =>
  (value: unknown) =>
    typeof value === 'string' && options.includes(value);
const isListOf = (shape: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(shape);

const column: Shape = { name: isText, type: isText };
const part: Shape = {
  ...column,
  unit: value => value === null || typeof value === 'object',
  time: isOneOf('sum', 'last', 'none'),
};
const shape: Shape = {
  baseline: isText,
  metric: isText,
  formula: isText,
  asOf: isDay,
  frozenAt: isDay,
  meaning: isText,
  period: value => Array.isArray(value) && value.length === 2 && value.every(isDay),
  grain: value => value === null || isText(value),
  by: isListOf(each => fits(each, column)),
  kind: isOneOf('parts', 'whole'),
  parts: isListOf(each => fits(each, part)),
  digest: isText,
};

function fits(value: unknown, keys: Shape): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = new Map(Object.entries(value));
  return entries.size === Object.keys(keys).length && Object.entries(keys).every(([key, is]) => is(entries.get(key)));
}

function isHead(value: unknown): value is Omit<Freeze, 'rows'> & { readonly digest: string } {
  return fits(value, shape);
}
