/** Half-open intervals of days, and how windows change them. An end that there is none of is infinite. */
import type { Calendar, GoalWindow, Grain, Step, StepUnit, TimeWindow } from '../../compiler/index.ts';
import {
  beginsBucket,
  bucketStart,
  dayNumber,
  isMonthStart,
  monthsLater,
  nextBucketStart,
  partsOf,
} from './calendar.ts';

export interface Interval {
  readonly from: number;
  readonly until: number;
}

export const always: Interval = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

export function isAlways({ from, until }: Interval): boolean {
  return from === always.from && until === always.until;
}

export interface Clock {
  readonly today: number;
  readonly calendar: Calendar;
}

/** `grain` is that of the innermost bucket around the window, where there is one. */
export function windowed(window: TimeWindow, interval: Interval, grain: Grain | null, clock: Clock): Interval {
  switch (window.kind) {
    case 'prior': {
      const step = window.step ?? (grain === null ? lengthOf(interval) : oneOf(grain));
      const isCurrent = interval.from <= clock.today && clock.today < interval.until;
      return moved(window.isLikeForLike && isCurrent ? { ...interval, until: clock.today + 1 } : interval, step);
    }
    case 'to_date':
      return { ...interval, from: bucketStart(window.grain, finite(interval.until) - 1, clock.calendar) };
    case 'rolling': {
      const isCurrent = interval.from <= clock.today && clock.today < interval.until;
      const until = isCurrent ? clock.today + 1 : interval.until;
      return { from: dayBefore(finite(until), window.step), until };
    }
    case 'running':
      return { ...interval, from: always.from };
    case 'opening':
      return interval;
    case 'goal':
      return ofGoal(window, interval, clock);
    case 'frozen':
      throw new Error('the oracle reads baselines by itself');
  }
}

/** What of an interval has targets; where nothing does, it ends where it begins, and what is only held against targets stays. */
function ofGoal({ extent, grain, from, until }: GoalWindow, interval: Interval, { today, calendar }: Clock): Interval {
  const isWidened = extent === 'buckets' || (extent === 'whole' && interval.until === today + 1);
  const start = extent === 'buckets' ? bucketStart(grain, interval.from, calendar) : interval.from;
  const end = isWidened ? nextBucketStart(grain, interval.until - 1, calendar) : interval.until;
  const first = Math.max(start, from === null ? always.from : dayNumber(from));
  const last = Math.min(end, until === null ? always.until : dayNumber(until));
  if (first < last) return { from: first, until: last };
  return extent === 'asked' ? interval : { from: first, until: first };
}

const monthsIn: Readonly<Record<StepUnit, number>> = { day: 0, week: 0, month: 1, quarter: 3, half: 6, year: 12 };

/** Month starts move as such; any other interval by its first and its last day. */
function moved({ from, until }: Interval, step: Step): Interval {
  finite(until);
  if (monthsIn[step.unit] === 0) return { from: dayBefore(from, step), until: dayBefore(until, step) };
  const isWhole = (!Number.isFinite(from) || isMonthStart(from)) && isMonthStart(until);
  return {
    from: dayBefore(from, step),
    until: isWhole ? dayBefore(until, step) : dayBefore(until - 1, step) + 1,
  };
}

function dayBefore(day: number, { amount, unit }: Step): number {
  if (!Number.isFinite(day)) return day;
  const months = monthsIn[unit];
  return months > 0 ? monthsLater(day, -months * amount) : day - amount * (unit === 'week' ? 7 : 1);
}

function lengthOf({ from, until }: Interval): Step {
  const [first, last] = [partsOf(finite(from)), partsOf(finite(until))];
  const months = (last.year - first.year) * 12 + last.month - first.month;
  return isMonthStart(from) && isMonthStart(until)
    ? { amount: months, unit: 'month' }
    : { amount: until - from, unit: 'day' };
}

function oneOf(grain: Grain): Step {
  switch (grain) {
    case 'hour':
      throw new Error('the oracle moves no hours');
    case 'fiscal_quarter':
      return { amount: 1, unit: 'quarter' };
    case 'fiscal_half':
      return { amount: 1, unit: 'half' };
    case 'fiscal_year':
      return { amount: 1, unit: 'year' };
    default:
      return { amount: 1, unit: grain };
  }
}

function finite(day: number): number {
  if (!Number.isFinite(day)) throw new Error('a window on an interval without an end');
  return day;
}

/** An interval cut to one bucket of it, which is named by its first day. */
export interface Bucket {
  readonly label: number;
  readonly interval: Interval;
}

/** The buckets of an interval with two ends, the outer ones cut to it. */
export function bucketsOf(grain: Grain, { from, until }: Interval, calendar: Calendar): readonly Bucket[] {
  finite(until - from);
  const starts: number[] = [];
  for (let day = from; day < until; day += 1) if (day === from || beginsBucket(grain, day, calendar)) starts.push(day);
  return starts.map((start, index) => ({
    label: index === 0 ? bucketStart(grain, start, calendar) : start,
    interval: { from: start, until: starts[index + 1] ?? until },
  }));
}
