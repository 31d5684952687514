/** Time cut into the pieces of which cells are made: buckets of one grain and, where cells end within them, parts of these. */
import {
  type Bounds,
  bucketOf,
  bucketsOf,
  type Calendar,
  type Day,
  formatDay,
  type Grain,
  type Interval,
} from '../calendar/index.ts';
import type { Clock } from './clock.ts';
import type { Scalar } from './plan.ts';
import { call, constant, nothing } from './scalar.ts';

export interface Partition {
  readonly grain: Grain;
  /** Days on which a piece begins within a bucket, in order. */
  readonly breaks: readonly Day[];
}

/** How many breaks are better than buckets of the next grain. */
const mostBreaks = 8;
const coarse = ['year', 'half', 'quarter'] as const;
const fine = ['month', 'week', 'day'] as const;

/** The coarsest pieces of which none lies on both sides of one of the days. */
export function partitionOf(days: readonly Day[], calendar: Calendar): Partition {
  const exact = coarse.find(grain => breaksOf(grain, days, calendar).length === 0);
  return exact === undefined ? finePartition(days, calendar) : { grain: exact, breaks: [] };
}

function finePartition(days: readonly Day[], calendar: Calendar) {
  const grain = fine.find(each => breaksOf(each, days, calendar).length <= mostBreaks) ?? 'day';
  return { grain, breaks: breaksOf(grain, days, calendar) };
}

function breaksOf(grain: Grain, days: readonly Day[], calendar: Calendar): readonly Day[] {
  return [...new Set(days)].filter(day => bucketOf(grain, day, calendar) !== day).sort((a, b) => a - b);
}

/** The first day of the piece that a moment falls in; `interval` bounds the rows that will be seen, null for all. */
export function pieceOf(moment: Scalar, { grain, breaks }: Partition, interval: Interval | null, clock: Clock): Scalar {
  const bucket = clock.bucket(moment, grain, interval);
  if (breaks.length === 0) return bucket;
  const days = breaks.map(day => constant('date', formatDay(day)));
  return call('greatest', 'date', bucket, lastBreak(moment, breaks, days, nothing, clock));
}

/** What stands for the last break that a moment has passed. */
function lastBreak(
  moment: Scalar,
  breaks: readonly Day[],
  values: readonly Scalar[],
  none: Scalar,
  clock: Clock,
): Scalar {
  const steps = breaks.map((from, index) => [...clock.within(moment, { from, until: null }), values[index] ?? none]);
  return call('case', values[0]?.type ?? none.type, ...steps.reverse().flat(), none);
}

/** Pieces that are counted from the first. */
export interface Counted {
  readonly partition: ReturnType<typeof finePartition>;
  /** The first bucket that begins anywhere. */
  readonly first: Day;
  /** The days on which they begin; null where the first is all time before the second. */
  readonly starts: readonly (Day | null)[];
}

/** The pieces of cells, up to a number beyond which they are not counted; null where they are more, or have no end. */
export function countedPieces(cells: readonly Bounds[], most: number, calendar: Calendar): Counted | null {
  const ends = endsOf(cells);
  if (ends.length === 0 || cells.some(({ until }) => until === null)) return null;
  const interval = { from: Math.min(...ends), until: Math.max(...ends) };
  const partition = finePartition(ends, calendar);
  const starts = new Set([...bucketsOf(partition.grain, interval, calendar, most + 1), ...partition.breaks]);
  const inOrder = [...starts].sort((a, b) => a - b);
  const all = cells.some(({ from }) => from === null) ? [null, ...inOrder] : inOrder;
  if (all.length > most) return null;
  return { partition, first: bucketOf(partition.grain, interval.from, calendar), starts: all };
}

/** The place of the piece that a moment falls in, counted from 0. */
export function placeOf(
  moment: Scalar,
  { partition: { grain, breaks }, first, starts }: Counted,
  interval: Interval | null,
  clock: Clock,
): Scalar {
  const buckets = clock.ordinal(moment, grain, first, interval);
  const number = (value: number) => constant('integer', String(value));
  const counts = breaks.map((_, index) => number(index + 1));
  const passed = breaks.length === 0 ? [] : [lastBreak(moment, breaks, counts, number(0), clock)];
  // All time before the first piece is one more.
  const isOpen = starts[0] === null;
  const place = [...passed, ...(isOpen ? [number(1)] : [])].reduce(
    (sum, each) => call('add', 'integer', sum, each),
    buckets,
  );
  return isOpen ? call('greatest', 'integer', number(0), place) : place;
}

/** The days with which cells begin and end, where they do. */
export function endsOf(cells: readonly Bounds[]): readonly Day[] {
  return cells.flatMap(({ from, until }) => [from, until]).filter(day => day !== null);
}
