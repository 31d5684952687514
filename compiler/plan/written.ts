/** Rows that stand in the definitions: those of the days that are read, and no others. */
import { type Bounds, bucketOf, bucketsOf, type Calendar, formatDay, parseDay } from '../calendar/index.ts';
import type { RepeatedSource, TableSource, WrittenSource } from '../model.ts';
import { mostCells } from './times.ts';

export function sourceFor(source: TableSource, days: Bounds, calendar: Calendar): Exclude<TableSource, RepeatedSource> {
  if (source.kind === 'repeated') return repeated(source, days, calendar);
  if (source.kind !== 'written') return source;
  const [from, until] = [days.from, days.until].map(day => (day === null ? null : formatDay(day)));
  const isRead = ([first]: readonly (string | null)[]) => {
    const day = first ?? '';
    return (from == null || day >= from) && (until == null || day < until);
  };
  return { ...source, rows: source.rows.filter(isRead) };
}

/** The number of each bucket that begins on one of the days. */
function repeated(
  { columns, grain, value, from, until }: RepeatedSource,
  days: Bounds,
  calendar: Calendar,
): WrittenSource {
  const [first, last] = [from, until].map(text => (text === null ? null : parseDay(text)));
  const start = Math.max(days.from ?? -Infinity, first ?? -Infinity);
  const end = Math.min(days.until ?? Infinity, last ?? Infinity);
  if (!Number.isFinite(start) || !Number.isFinite(end)) throw new Error('a number for each period of all time');
  const starts = start < end ? bucketsOf(grain, { from: start, until: end }, calendar, mostCells + 1) : [];
  const begun = starts.filter(day => day >= start && bucketOf(grain, day, calendar) === day);
  return { kind: 'written', columns, rows: begun.map(day => [formatDay(day), value]) };
}
