/**
 * How values travel in answers as JSON, and what TypeScript knows of them: one table, by which the client reads its rows and its
 * types are written. It imports nothing, since it is a part of what browsers load.
 */

export type Value = string | number | boolean;

/** What is counted, as answers name it: `EUR`, `days`, `percent`; null for none. */
export type UnitName = string | null;

export interface Reading {
  /** The value of what stands in a row; undefined where that is none of the type. */
  readonly read: (json: unknown) => Value | undefined;
  /** The type of a metric's values. */
  readonly metric: (unit: UnitName) => string;
  /** The type of a dimension's values. */
  readonly dimension: (unit: UnitName) => string;
  /** The type of what a dimension may be compared with; values of rows are among it. */
  readonly input: string;
}

const branded = (name: string, unit: string) => `${name}<${JSON.stringify(unit)}>`;

function number(unit: UnitName, plain: string): string {
  if (unit === null) return plain;
  return unit === 'percent' ? 'Percent' : branded('Quantity', unit);
}

function exact(unit: UnitName): string {
  if (unit === null) return 'Decimal';
  return /^[A-Z]{3}$/.test(unit) ? branded('Money', unit) : branded('Decimal', unit);
}

function text(json: unknown, shape: RegExp): string | undefined {
  return typeof json === 'string' && shape.test(json) ? json : undefined;
}

const finite = (json: unknown) => (typeof json === 'number' ? json : undefined);
const digits = /^-?\d+$/;

/** Types as answers name them. */
export const wire = {
  boolean: {
    read: json => (typeof json === 'boolean' ? json : undefined),
    metric: () => 'boolean',
    dimension: () => 'boolean',
    input: 'boolean',
  },
  string: {
    read: json => (typeof json === 'string' ? json : undefined),
    metric: () => 'string',
    dimension: () => 'string',
    input: 'string',
  },
  /** Beyond 2^53 numbers are not exact: then it is a text, which a metric's value never is (see `Answer`). */
  integer: {
    read: json => finite(json) ?? text(json, digits),
    metric: unit => number(unit, 'Count'),
    dimension: () => 'number | LargeInteger',
    input: 'number | string',
  },
  decimal: {
    read: json => text(json, /^-?\d+(\.\d+)?$/),
    metric: exact,
    dimension: exact,
    input: 'number | string',
  },
  float: {
    read: finite,
    metric: unit => number(unit, 'Ratio'),
    dimension: () => 'number',
    input: 'number | string',
  },
  date: {
    read: json => text(json, /^\d{4}-\d\d-\d\d$/),
    metric: () => 'PlainDate',
    dimension: () => 'PlainDate',
    input: 'string',
  },
  timestamp: {
    read: json => text(json, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    metric: () => 'Instant',
    dimension: () => 'Instant',
    input: 'string',
  },
} satisfies Readonly<Record<string, Reading>>;

export type WireType = keyof typeof wire;

/** The reading of a type; null for one that answers of other versions may have. */
export function readingOf(type: string): Reading | null {
  const readings: Readonly<Record<string, Reading>> = wire;
  return Object.hasOwn(readings, type) ? (readings[type] ?? null) : null;
}
