/** Intervals of days moved, cut and put in order: what `prior`, `rolling` and their like do to the interval of a cell. */
import { addMonths, civil, type Day } from './date.ts';
import { bucketOf, type Calendar, type Grain, laterBucket } from './grain.ts';
import type { Interval } from './period.ts';

/** Days from `from` up to, and without, `until`; null is without end. */
export interface Bounds {
  readonly from: Day | null;
  readonly until: Day | null;
}

/** A length of time as days or as months. */
export type Length =
  | { readonly kind: 'days'; readonly count: number }
  | { readonly kind: 'months'; readonly count: number };

const monthsIn = { month: 1, quarter: 3, half: 6, year: 12 } as const;

/** So many of a unit; weeks are seven days. */
export function lengthOf(amount: number, unit: 'day' | 'week' | keyof typeof monthsIn): Length {
  if (unit === 'day' || unit === 'week') return { kind: 'days', count: unit === 'week' ? amount * 7 : amount };
  return { kind: 'months', count: amount * monthsIn[unit] };
}

/** The length of one bucket. */
export function bucketLength(grain: Grain, calendar: Calendar): Length {
  if (grain === 'hour' || grain === 'day') return { kind: 'days', count: 1 };
  if (grain === 'week') return { kind: 'days', count: 7 };
  const start = bucketOf(grain, 0, calendar);
  return { kind: 'months', count: monthsBetween(start, laterBucket(grain, start, 1, calendar)) };
}

/** Whole months where both ends begin one, else days. */
export function ownLength({ from, until }: Interval): Length {
  return isMonthStart(from) && isMonthStart(until)
    ? { kind: 'months', count: monthsBetween(from, until) }
    : { kind: 'days', count: until - from };
}

/** An interval of whole months is moved by its ends; any other by its first and its last day, each kept within its month. */
export function movedBack({ from, until }: Bounds, length: Length): Bounds {
  if (length.kind === 'days') {
    const by = (day: Day | null) => (day === null ? null : day - length.count);
    return { from: by(from), until: by(until) };
  }
  const areMonths = (from === null || isMonthStart(from)) && (until === null || isMonthStart(until));
  const first = from === null ? null : addMonths(from, -length.count);
  if (until === null) return { from: first, until };
  return { from: first, until: areMonths ? addMonths(until, -length.count) : addMonths(until - 1, -length.count) + 1 };
}

/** The day so long before another. */
export function dayBefore(day: Day, length: Length): Day {
  return length.kind === 'days' ? day - length.count : addMonths(day, -length.count);
}

/** The day so long after another. */
export function dayAfter(day: Day, length: Length): Day {
  return length.kind === 'days' ? day + length.count : addMonths(day, length.count);
}

export function isMonthStart(day: Day): boolean {
  return civil(day).day === 1;
}

function monthsBetween(from: Day, until: Day): number {
  const [a, b] = [civil(from), civil(until)];
  return (b.year - a.year) * 12 + b.month - a.month;
}

/** The buckets that an interval touches, by their first days, in order, at most `most`. */
export function bucketsOf(grain: Grain, interval: Interval, calendar: Calendar, most: number): readonly Day[] {
  const starts: Day[] = [];
  for (let start = bucketOf(grain, interval.from, calendar); start < interval.until && starts.length < most; ) {
    starts.push(start);
    start = laterBucket(grain, start, 1, calendar);
  }
  return starts;
}
