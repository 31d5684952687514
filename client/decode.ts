/** Rows of an answer in, rows of values out, each of the type that its column says; what is of another is refused. */
import { readingOf, type Value } from '../compiler/client/wire.ts';
import type { Column } from './client.d.ts';
import { MetricsError } from './error.ts';

export function readRow(
  columns: readonly Column[],
  valueAt: (name: string, index: number) => unknown,
): Readonly<Record<string, Value | null>> {
  return Object.fromEntries(columns.map((column, index) => [column.name, read(column, valueAt(column.name, index))]));
}

function read({ name, kind, type }: Column, json: unknown): Value | null {
  if (json === null) return null;
  const value = readingOf(type)?.read(json);
  if (value === undefined) throw new MetricsError('unreadable', `${name} has a value that is no ${type}`);
  if (type !== 'integer' || kind !== 'metric' || typeof value === 'number') return value;
  const help = 'as a decimal it is an exact text';
  throw new MetricsError('inexact', `${name} is ${value}: numbers of JavaScript are whole up to 2^53`, { help });
}
