/**
 * Times: the interval of each cell of a frame. It begins with the asked bucket or the whole period; windows change it,
 * and `per month` cuts it further. What is bounded is listed here, bucket by bucket, so that SQL only compares days.
 */
import {
  type Bounds,
  bucketLength,
  bucketOf,
  bucketsOf,
  type Calendar,
  type Day,
  dayBefore,
  type Grain,
  type Interval,
  type Length,
  laterBucket,
  lengthOf,
  movedBack,
  ownLength,
  parseDay,
} from '../calendar/index.ts';
import type { FrozenWindow, GoalWindow, Step, TimeWindow } from '../model.ts';

export interface Cut {
  readonly kind: 'cut';
  readonly grain: Grain;
  /** The name of the key column that holds the bucket. */
  readonly key: string;
}

export type TimeStep = Cut | { readonly kind: 'window'; readonly window: TimeWindow };

/** The period, or all time, and the steps from it to the interval of a cell. The asked grain is the first cut. */
export interface Times {
  readonly period: Interval | null;
  readonly steps: readonly TimeStep[];
}

/** One cell: the buckets that name it, in the order of the cuts, and what is read. */
export interface Cell extends Bounds {
  readonly labels: readonly Day[];
  /** Of a stock: the day at whose beginning it is read. */
  readonly next: Day;
}

export interface TimesContext {
  readonly calendar: Calendar;
  /** The day on which the question is asked. */
  readonly today: Day;
}

export function cutsOf(times: Times): readonly Cut[] {
  return times.steps.flatMap(step => (step.kind === 'cut' ? [step] : []));
}

export function windowsOf(times: Times): readonly TimeWindow[] {
  return times.steps.flatMap(step => (step.kind === 'window' ? [step.window] : []));
}

export function withStep(times: Times, ...steps: readonly TimeStep[]): Times {
  return { ...times, steps: [...times.steps, ...steps] };
}

/** The steps up to the last window, whose cells must be listed, and the cuts behind it, which each row's own time decides. */
export function atLastWindow(times: Times): { readonly listed: Times; readonly cuts: readonly Cut[] } {
  const last = times.steps.findLastIndex(step => step.kind === 'window');
  const listed = { ...times, steps: times.steps.slice(0, last + 1) };
  return { listed, cuts: cutsOf({ ...times, steps: times.steps.slice(last + 1) }) };
}

/** More cells than this are not listed. */
export const mostCells = 20_000;

interface Draft extends Bounds {
  readonly labels: readonly Day[];
  readonly isOpening: boolean;
}

/** Every cell, or what stands in the way of listing them: a form that needs bounds and has none, or too many cells. */
export function cellsOf(times: Times, context: TimesContext): readonly Cell[] | 'unbounded' | 'too many' {
  const period: Bounds = times.period ?? { from: null, until: null };
  let drafts: readonly Draft[] = [{ ...period, labels: [], isOpening: false }];
  const keys: Grain[] = [];
  for (const step of times.steps) {
    if (step.kind === 'cut') {
      keys.push(step.grain);
      if (drafts.some(({ from, until }) => from === null || until === null)) return 'unbounded';
      drafts = drafts.flatMap(draft => cut(draft, step.grain, context.calendar));
    } else {
      const { window } = step;
      const isLengthKnown = window.kind !== 'prior' || window.step !== null || keys.length > 0;
      const isUnbounded = ({ from, until }: Draft) => until === null || (from === null && !isLengthKnown);
      const isOpen = ['running', 'opening', 'goal', 'frozen'].includes(window.kind);
      if (!isOpen && drafts.some(isUnbounded)) return 'unbounded';
      if (window.kind === 'opening' && drafts.some(({ from }) => from === null)) return 'unbounded';
      drafts = drafts.map(draft => windowed(draft, window, keys.at(-1) ?? null, context));
      // Outside the days in which there are targets, or frozen values, there is nothing to be read.
      if (window.kind === 'goal' || window.kind === 'frozen') drafts = drafts.filter(draft => !isEmpty(draft));
    }
    if (drafts.length > mostCells) return 'too many';
  }
  return drafts.map(draft => ({
    from: draft.from,
    until: draft.until,
    labels: draft.labels,
    next: nextOf(draft, context.today),
  }));
}

function cut(draft: Draft, grain: Grain, calendar: Calendar): readonly Draft[] {
  const { from, until, labels } = draft;
  if (from === null || until === null || until <= from) return [];
  return bucketsOf(grain, { from, until }, calendar, mostCells + 1).map(start => ({
    ...draft,
    from: Math.max(from, start),
    until: Math.min(until, laterBucket(grain, start, 1, calendar)),
    labels: [...labels, start],
  }));
}

function windowed(draft: Draft, window: TimeWindow, key: Grain | null, { calendar, today }: TimesContext): Draft {
  const { from, until } = draft;
  switch (window.kind) {
    case 'prior': {
      const length = priorLength(window.step, draft, key, calendar);
      const isOver = until !== null && until <= today;
      const begun = from === null || from <= today;
      const read = window.isLikeForLike && begun && !isOver ? { from, until: today + 1 } : { from, until };
      return { ...draft, ...movedBack(read, length) };
    }
    case 'running':
      return { ...draft, from: null };
    case 'opening':
      return { ...draft, isOpening: true };
    case 'goal':
      return { ...draft, ...goalBounds(window, draft, { calendar, today }) };
    case 'frozen':
      return { ...draft, ...frozenBounds(window, draft, { calendar, today }) };
    case 'to_date':
      return until === null ? draft : { ...draft, from: bucketOf(window.grain, until - 1, calendar) };
    case 'rolling': {
      if (until === null) return draft;
      const holdsToday = (from === null || from <= today) && today < until;
      const end = holdsToday ? today + 1 : until;
      return { ...draft, from: dayBefore(end, stepLength(window.step)), until: end };
    }
  }
}

/** What of an interval has targets; where it is empty, it ends where it begins. */
export function goalBounds(window: GoalWindow, { from, until }: Bounds, { calendar, today }: TimesContext): Bounds {
  const { grain, extent } = window;
  const endOf = (day: Day) => laterBucket(grain, bucketOf(grain, day - 1, calendar), 1, calendar);
  const start = extent === 'buckets' && from !== null ? bucketOf(grain, from, calendar) : from;
  const isExtended = extent === 'buckets' || (extent === 'whole' && until === today + 1);
  const end = isExtended && until !== null ? endOf(until) : until;
  const [first, last] = [window.from, window.until].map(text => (text === null ? null : parseDay(text)));
  const cut = {
    from: start === null || first == null ? (start ?? first ?? null) : Math.max(start, first),
    until: end === null || last == null ? (end ?? last ?? null) : Math.min(end, last),
  };
  if (!isEmpty(cut)) return cut;
  // What is held against targets is cut to them only where there are some.
  return extent === 'asked' ? { from, until } : { from: cut.from, until: cut.from };
}

/**
 * The frozen days that an interval is compared with: the same of the frozen year where there is a grain, of which the bucket
 * of now is whole; else all of them. Nothing where the interval has no like in the frozen period.
 */
export function frozenBounds(window: FrozenWindow, { from, until }: Bounds, { calendar, today }: TimesContext): Bounds {
  const [first, end] = [parseDay(window.from) ?? 0, parseDay(window.until) ?? 0];
  const { grain } = window;
  if (grain === null) return { from: first, until: end };
  if (from === null || until === null) return { from: first, until: first };
  const isOfNow = until === today + 1;
  const last = isOfNow ? laterBucket(grain, bucketOf(grain, until - 1, calendar), 1, calendar) : until;
  const back = yearsBack(grain, from, first);
  const moved = movedBack({ from, until: last }, back);
  const isThere = moved.from !== null && moved.until !== null && moved.from >= first && moved.until <= end;
  if (!isThere || moved.until === null) return { from: first, until: first };
  return window.reads === 'all' ? moved : { from: bucketOf(grain, moved.until - 1, calendar), until: moved.until };
}

/** So many years (of weeks, 52 weeks) that a day comes into the first year of the frozen period, or the days behind it. */
function yearsBack(grain: Grain, from: Day, first: Day): Length {
  const year = (count: number) => (grain === 'week' ? lengthOf(52 * count, 'week') : lengthOf(12 * count, 'month'));
  let count = 0;
  while (dayBefore(from, year(count + 1)) >= first && count < 400) count += 1;
  return year(count);
}

export function isEmpty({ from, until }: Bounds): boolean {
  return from !== null && until !== null && until <= from;
}

function stepLength({ amount, unit }: Step): Length {
  return lengthOf(amount, unit);
}

function priorLength(step: Step | null, { from, until }: Bounds, key: Grain | null, calendar: Calendar): Length {
  if (step !== null) return stepLength(step);
  if (key !== null) return bucketLength(key, calendar);
  return from === null || until === null ? { kind: 'days', count: 0 } : ownLength({ from, until });
}

/** A stock is read when its interval ends, and no later than now where now falls in it. */
function nextOf({ from, until, isOpening }: Draft, today: Day): Day {
  if (isOpening && from !== null) return from;
  const holdsToday = (from === null || from <= today) && (until === null || today < until);
  return holdsToday || until === null ? today + 1 : until;
}
