/** The only clock of the product. */
import type { Day, Now } from '../compiler/index.ts';
import { clockOf, millisecondsPerDay } from '../compiler/index.ts';

/** The day and hour that it is in a time zone at an instant, by default this one. */
export function nowIn(timeZone: string, instant: number = Date.now()): Now {
  const local = instant + clockOf(timeZone)(instant);
  const day = Math.floor(local / millisecondsPerDay);
  return { day, hour: Math.floor((local - day * millisecondsPerDay) / 3_600_000) };
}

/** Timers count milliseconds in 31 bits. */
export const longestTimerMs = 2 ** 31 - 1;

/** The end of a day: what `--as-of` means. */
export function endOf(day: Day): Now {
  return { day, hour: 23 };
}
