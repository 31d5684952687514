/** Days, buckets and local time for the oracle: JavaScript's own dates and zones, nothing of the product's. */
import type { Calendar, Grain } from '../../compiler/index.ts';

const msPerDay = 86_400_000;

/** Days since 1970-01-01 of `YYYY-MM-DD`. */
export function dayNumber(text: string): number {
  return new Date(`${text}T00:00:00Z`).getTime() / msPerDay;
}

export function dayText(day: number): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

export function partsOf(day: number): {
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly weekday: number;
} {
  const date = new Date(day * msPerDay);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    date: date.getUTCDate(),
    weekday: date.getUTCDay() || 7,
  };
}

export function dayOfParts(year: number, month: number, date: number): number {
  return Date.UTC(year, month - 1, date) / msPerDay;
}

/** The same date months later; the month's last day where it is too short. */
export function monthsLater(day: number, months: number): number {
  const { year, month, date } = partsOf(day);
  const last = partsOf(dayOfParts(year, month + months + 1, 0)).date;
  return dayOfParts(year, month + months, Math.min(date, last));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clock(zone: string): Intl.DateTimeFormat {
  const known =
    clocks.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(zone, known);
  return known;
}

/** What a clock in the zone shows at an instant of microseconds: local microseconds. */
export function localMicros(micros: number, zone: string): number {
  if (zone === 'UTC') return micros;
  const ms = Math.floor(micros / 1000);
  const shown = new Date(`${clock(zone).format(new Date(ms)).replace(' ', 'T')}Z`).getTime();
  return (shown + (((ms % 1000) + 1000) % 1000)) * 1000 + (micros - ms * 1000);
}

const days = new Map<string, Map<number, number>>();

export function localDay(micros: number, zone: string): number {
  const ofZone = days.get(zone) ?? new Map<number, number>();
  days.set(zone, ofZone);
  const known = ofZone.get(micros);
  if (known !== undefined) return known;
  const day = Math.floor(localMicros(micros, zone) / (msPerDay * 1000));
  ofZone.set(micros, day);
  return day;
}

/** The first day of the bucket of a day, found by walking back to it. */
export function bucketStart(grain: Grain, day: number, calendar: Calendar): number {
  let start = day;
  while (!beginsBucket(grain, start, calendar)) start -= 1;
  return start;
}

/** The first day of the bucket after the one of a day, found by walking on to it. */
export function nextBucketStart(grain: Grain, day: number, calendar: Calendar): number {
  let start = day + 1;
  while (!beginsBucket(grain, start, calendar)) start += 1;
  return start;
}

export function isMonthStart(day: number): boolean {
  return partsOf(day).date === 1;
}

export function beginsBucket(grain: Grain, day: number, { weekStarts, fiscalYearStarts }: Calendar): boolean {
  const { month, date, weekday } = partsOf(day);
  const sinceFiscal = (month - fiscalYearStarts + 12) % 12;
  switch (grain) {
    case 'hour':
    case 'day':
      return true;
    case 'week':
      return weekday === weekStarts;
    case 'month':
      return date === 1;
    case 'quarter':
      return date === 1 && month % 3 === 1;
    case 'half':
      return date === 1 && month % 6 === 1;
    case 'year':
      return date === 1 && month === 1;
    case 'fiscal_quarter':
      return date === 1 && sinceFiscal % 3 === 0;
    case 'fiscal_half':
      return date === 1 && sinceFiscal % 6 === 0;
    case 'fiscal_year':
      return date === 1 && sinceFiscal === 0;
  }
}
