/** Where in a frame an expression is evaluated. */
import { audienceOf, type Standing } from './benchmark.ts';
import type { Times } from './times.ts';
import type { MeasureSite, Pushed, Use } from './uses.ts';

export interface Site {
  readonly name: string;
  readonly standing: Standing;
  readonly pushed: Pushed;
  /** The frame's own times, and the windows since. */
  readonly times: Times;
  /** Collects the columns that the expression stands on. */
  readonly uses: Set<Use>;
}

export function placeOf({ pushed, times, standing }: Site): MeasureSite {
  return { pushed, times, audience: audienceOf(standing) };
}
