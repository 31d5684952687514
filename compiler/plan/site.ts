/** Where in a frame an expression is evaluated. */
import type { Nested } from '../model.ts';
import { audienceOf, type Knowledge, type Standing } from './benchmark.ts';
import type { Scalar } from './plan.ts';
import type { Times } from './times.ts';
import type { MeasureSite, Pushed, Use, Uses } from './uses.ts';

export interface Site {
  readonly name: string;
  readonly standing: Standing;
  readonly pushed: Pushed;
  /** The frame's own times, and the windows since. */
  readonly times: Times;
  /** Collects the columns that the expression stands on. */
  readonly uses: Set<Use>;
  /** Collects what must be known of others for the expression to be known. */
  readonly knowledge: Set<Knowledge>;
}

export function placeOf({ pushed, times, standing }: Site): MeasureSite {
  return { pushed, times, audience: audienceOf(standing) };
}

/** The value of a part, what it stands on, and what must be known of others for it. */
export interface Evaluated {
  readonly value: Scalar;
  readonly uses: readonly Use[];
  readonly knowledge: ReadonlySet<Knowledge>;
}

/** What nested aggregates must share to be computed in one frame. */
export function innerKey({ per, having, arguments: operands }: Nested, site: Site, asking: Uses['asking']): string {
  const isEvery = per.some(each => each.isEvery);
  const pushed = having === null && !isEvery ? '' : site.pushed.id;
  return JSON.stringify([per, site.times.steps, having, pushed, isEvery ? operands : [], asking, site.standing]);
}
