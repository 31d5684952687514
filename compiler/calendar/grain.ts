/** Time buckets: which one a day falls in, where the next begins. A bucket is named by its first day. */
import { addMonths, civil, type Day, dayOf, parseDay, weekdayOf } from './date.ts';

export const grains = [
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'half',
  'year',
  'fiscal_quarter',
  'fiscal_half',
  'fiscal_year',
] as const;

export type Grain = (typeof grains)[number];

/** What a project says about its weeks and years. */
export interface Calendar {
  /** 1 for Monday to 7 for Sunday. */
  readonly weekStarts: number;
  /** The month, 1 to 12, in which the fiscal year begins. */
  readonly fiscalYearStarts: number;
  /** Days off, `YYYY-MM-DD`, sorted. */
  readonly holidays: readonly string[];
}

export function isGrain(word: string): word is Grain {
  return grains.some(grain => grain === word);
}

/** How many months a bucket has, and in which month (0 for January) the first of a year begins; null for hours, days and weeks. */
export function monthsOf(
  grain: Grain,
  calendar: Calendar,
): { readonly months: number; readonly offset: number } | null {
  const fiscal = calendar.fiscalYearStarts - 1;
  switch (grain) {
    case 'hour':
    case 'day':
    case 'week':
      return null;
    case 'month':
      return { months: 1, offset: 0 };
    case 'quarter':
      return { months: 3, offset: 0 };
    case 'half':
      return { months: 6, offset: 0 };
    case 'year':
      return { months: 12, offset: 0 };
    case 'fiscal_quarter':
      return { months: 3, offset: fiscal };
    case 'fiscal_half':
      return { months: 6, offset: fiscal };
    case 'fiscal_year':
      return { months: 12, offset: fiscal };
  }
}

/** The first day of the bucket that `day` falls in; for `hour`, the day itself. */
export function bucketOf(grain: Grain, day: Day, calendar: Calendar): Day {
  const shape = monthsOf(grain, calendar);
  if (shape === null) return grain === 'week' ? day - ((weekdayOf(day) - calendar.weekStarts + 7) % 7) : day;
  const { year, month } = civil(day);
  const index = year * 12 + month - 1 - shape.offset;
  const start = index - (index % shape.months) + shape.offset;
  return dayOf(Math.floor(start / 12), (start % 12) + 1, 1);
}

/** The first day of the bucket `count` buckets after the one that begins on `start`; for `hour`, days are counted. */
export function laterBucket(grain: Grain, start: Day, count: number, calendar: Calendar): Day {
  const shape = monthsOf(grain, calendar);
  if (shape !== null) return addMonths(start, shape.months * count);
  return start + count * (grain === 'week' ? 7 : 1);
}

/** Whether buckets of the one grain follow from those of the other: none of these lies in two of them. */
export function follows(coarse: Grain, fine: Grain, calendar: Calendar): boolean {
  const [outer, inner] = [monthsOf(coarse, calendar), monthsOf(fine, calendar)];
  if (inner === null) return fine !== 'week' && coarse !== 'hour';
  return outer !== null && outer.months % inner.months === 0 && (outer.offset - inner.offset) % inner.months === 0;
}

/** How many days of an interval are worked: Monday to Friday without days off. */
export function workingDays({ from, until }: { readonly from: Day; readonly until: Day }, calendar: Calendar): number {
  const off = new Set(calendar.holidays.map(parseDay));
  let count = 0;
  for (let day = from; day < until; day += 1) if (weekdayOf(day) <= 5 && !off.has(day)) count += 1;
  return count;
}
