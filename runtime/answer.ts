/** Answers: rows of an engine in, rows of the model's types out, the same whatever engine they come from. */
import {
  type ExpressionType,
  formatDay,
  infiniteResult,
  isGrain,
  type OutputColumn,
  type Plan,
  unitText,
} from '../compiler/index.ts';
import { nowIn } from './clock.ts';
import { EngineError, type RawAnswer, type RawValue } from './engine.ts';

/** Decimals and whole numbers beyond 2^53 are text, dates `YYYY-MM-DD`, timestamps ISO 8601 in universal time, missing values null. */
export type Value = string | number | boolean | null;

export interface AnswerColumn {
  readonly name: string;
  readonly kind: 'dimension' | 'metric';
  readonly type: ExpressionType;
  /** `EUR`, `percent`, `days`; null for none. */
  readonly unit: string | null;
}

export interface Answer {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly (readonly Value[])[];
  readonly meta: {
    /** The hash of the model that the answer was made with. */
    readonly model: string;
    readonly period: string | null;
    readonly as_of: string;
    /** Buckets that are cut by the period or not over yet. */
    readonly partial: readonly string[];
    /** Whether rows were left out because there are too many. */
    readonly truncated: boolean;
    readonly sql_ms: number;
  };
}

export function answerColumns(columns: readonly OutputColumn[]): readonly AnswerColumn[] {
  return columns.map(({ name, kind, type, unit, isPercent }) => {
    const text = unitText(unit);
    return {
      name,
      kind,
      type,
      unit: isPercent ? 'percent' : text === 'no unit' || text === 'unspecified' ? null : text,
    };
  });
}

/** Rows as objects, with what the columns are and what the answer was made from: the shape in which answers travel. */
export function answerAsData({ columns, rows, meta }: Answer) {
  const objects = rows.map(row =>
    Object.fromEntries(columns.map((column, index) => [column.name, row[index] ?? null] as const)),
  );
  return { columns, rows: objects, meta };
}

export function decodeAnswer(plan: Plan, raw: RawAnswer, model: string, milliseconds: number): Answer {
  const rows = decodeRows(plan, raw.rows);
  return {
    columns: answerColumns(plan.columns),
    rows,
    meta: {
      model,
      period: plan.period,
      as_of: plan.now,
      partial: plan.period === null ? shownBuckets(plan, rows) : plan.partial,
      truncated: raw.isTruncated,
      sql_ms: rounded(milliseconds),
    },
  };
}

/** To a tenth. */
export function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

export function decodeRows({ columns }: Plan, rows: RawAnswer['rows']): Answer['rows'] {
  return rows.map(row => row.map((value, index) => decode(value, columns[index])));
}

/** Of all time, no bucket is filled: one that has no rows is not in the answer, and is not partial there. */
function shownBuckets({ columns, partial, timeZone }: Plan, rows: readonly (readonly Value[])[]): readonly string[] {
  const time = columns.findIndex(column => column.kind === 'dimension' && isGrain(column.name));
  const days = new Set(rows.map(row => dayText(row[time] ?? null, timeZone)));
  return partial.filter(bucket => days.has(bucket));
}

/** The day of a bucket; that of an hour is the day in the project's zone. */
function dayText(bucket: Value, timeZone: string): string {
  const text = String(bucket);
  return text.includes('T') ? formatDay(nowIn(timeZone, Date.parse(text)).day) : text;
}

function decode(value: RawValue, column: OutputColumn | undefined): Value {
  if (value === null || column === undefined) return null;
  switch (column.type) {
    case 'integer': {
      const number = finite(value, column);
      return Number.isSafeInteger(number) ? number : plainDecimal(String(value));
    }
    case 'decimal':
      finite(value, column);
      return plainDecimal(String(value));
    case 'float':
      return finite(value, column);
    case 'date':
    case 'timestamp':
      if (!/^\d{4}-[^(]*$/.test(String(value)))
        throw new EngineError(infiniteResult(null, { column: column.name, kind: 'day' }));
      if (column.type === 'date') return value;
      return `${String(value)
        .replace(' ', 'T')
        .replace(/\+00(:?00)?$/, '')}Z`;
    default:
      return value;
  }
}

/** Infinity and not-a-number are no answer; a decimal beyond all floats is one. */
function finite(value: RawValue, column: OutputColumn): number {
  const number = Number(value);
  if (Number.isFinite(number) || (typeof value === 'string' && /^-?\d/.test(value))) return number;
  throw new EngineError(infiniteResult(null, { column: column.name, kind: 'number' }));
}

/** One spelling for one number: no exponent, no zeros behind the last digit that counts. */
export function plainDecimal(text: string): string {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const left = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const right = (point < 0 ? '0'.repeat(-point) + digits : digits.slice(Math.max(0, point))).replace(/0+$/, '');
  const number = `${left.replace(/^0+(?=\d)/, '')}${right === '' ? '' : `.${right}`}`;
  return sign === '-' && number !== '0' ? `-${number}` : number;
}
