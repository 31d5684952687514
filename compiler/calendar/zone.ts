/**
 * Time zones: what the clock on the wall shows at an instant, and at which instant a local day begins.
 * Instants are milliseconds since 1970-01-01T00:00Z. The zone data are those of the JavaScript engine (`Intl`).
 */
import { type Day, dayOf, formatDay, pad, parseDay } from './date.ts';

export const millisecondsPerDay = 86_400_000;
const millisecondsPerMinute = 60_000;

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** A zone's clock: local minus universal time, in milliseconds, at an instant. */
export type ZoneClock = (instant: number) => number;

/** Zones are looked up only when the clock is read: that takes longer than most plans, which have dates alone. */
export function clockOf(zone: string): ZoneClock {
  if (zone === 'UTC') return () => 0;
  let format: Intl.DateTimeFormat | null = null;
  const read = (instant: number): number => {
    format ??= formatOf(zone);
    const part = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const number = (type: Intl.DateTimeFormatPartTypes) => Number(part.get(type));
    const year = part.get('era') === 'BC' ? 1 - number('year') : number('year');
    const day = dayOf(year, number('month'), number('day'));
    const local = day * millisecondsPerDay + ((number('hour') * 60 + number('minute')) * 60 + number('second')) * 1000;
    return local - Math.floor(instant / 1000) * 1000;
  };
  const known = new Map<number, number>();
  return instant => {
    const offset = known.get(instant) ?? read(instant);
    known.set(instant, offset);
    return offset;
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

/**
 * The instant at which the clock first shows `local` (milliseconds of local time since 1970-01-01T00:00).
 * In the hour that a summer-time change skips, that is the moment of the change; in the one it repeats, the first of the two.
 */
export function instantOf(clock: ZoneClock, local: number): number {
  const before = clock(local - millisecondsPerDay);
  const after = clock(local + millisecondsPerDay);
  const early = local - Math.max(before, after);
  const late = local - Math.min(before, after);
  if (early + clock(early) === local) return early;
  if (late + clock(late) === local) return late;
  return transitionBetween(clock, early, late);
}

export function startOfDay(clock: ZoneClock, day: Day): number {
  return instantOf(clock, day * millisecondsPerDay);
}

/** A stretch of time in which a zone's clock keeps one offset; `until` is exclusive and null for the last. */
export interface OffsetStretch {
  readonly until: number | null;
  readonly offset: number;
}

/** The offsets of a zone from one instant to another, in order; neighbours differ. */
export function offsetsBetween(clock: ZoneClock, from: number, until: number): readonly OffsetStretch[] {
  const stretches: OffsetStretch[] = [];
  let offset = clock(from);
  for (let at = from; at < until; ) {
    const next = Math.min(at + 7 * millisecondsPerDay, until);
    const offsetThere = clock(next);
    if (offsetThere !== offset) {
      stretches.push({ until: transitionBetween(clock, at, next), offset });
      offset = offsetThere;
    }
    at = next;
  }
  return [...stretches, { until: null, offset }];
}

/** The first instant after `low` at which the clock's offset is that of `high`, to the minute. */
function transitionBetween(clock: ZoneClock, low: number, high: number): number {
  const target = clock(high);
  let before = Math.floor(low / millisecondsPerMinute);
  let after = Math.ceil(high / millisecondsPerMinute);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (clock(middle * millisecondsPerMinute) === target) after = middle;
    else before = middle;
  }
  return after * millisecondsPerMinute;
}

/** Whether text such as `2026-03-05T14:30` or `2026-03-05T14:30:59.5` names a time of an existing day. */
export function isTimestamp(text: string): boolean {
  return parseTimestamp(text) !== null;
}

/** A local date and time as milliseconds of local time since 1970-01-01T00:00 and the microseconds beyond; null when there is none. */
export function parseTimestamp(text: string): { readonly milliseconds: number; readonly micros: number } | null {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/.exec(text);
  const day = parseDay(match?.[1] ?? '');
  if (match === null || day === null) return null;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? '0')];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const fraction = Number((match[5] ?? '').padEnd(6, '0'));
  const milliseconds =
    day * millisecondsPerDay + ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(fraction / 1000);
  return { milliseconds, micros: fraction % 1000 };
}

/** `2026-03-05T14:30` on the wall, as the universal time that is stored; text that is no such time comes back as it is. */
export function storedText(clock: ZoneClock, local: string): string {
  const parsed = parseTimestamp(local);
  if (parsed === null) return local;
  const text = instantText(instantOf(clock, parsed.milliseconds));
  return parsed.micros === 0 ? text : `${text.includes('.') ? text : `${text}.000`}${pad(parsed.micros, 3)}`;
}

/** `2026-03-05 14:30:00`, universal time. */
export function instantText(instant: number): string {
  const day = Math.floor(instant / millisecondsPerDay);
  const rest = instant - day * millisecondsPerDay;
  const time = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60];
  const fraction = rest % 1000 === 0 ? '' : `.${pad(rest % 1000, 3)}`;
  return `${formatDay(day)} ${time.map(part => pad(part, 2)).join(':')}${fraction}`;
}
