/** Baselines in the Model: a metric as it stood over a period, and the interval of it that others are compared with. */
import type { Grain } from './calendar/index.ts';
import type { Labels } from './document/index.ts';
import type { Span } from './source.ts';

/**
 * The frozen period of a baseline, `YYYY-MM-DD`, that an interval is compared with: with a grain the same days of its own
 * year, else the whole of it, to which the interval must be as long unless `isAnyLength`.
 */
export interface FrozenWindow {
  readonly kind: 'frozen';
  readonly baseline: string;
  readonly from: string;
  readonly until: string;
  readonly grain: Grain | null;
  readonly isAnyLength: boolean;
  /** Of a level, the last bucket of the interval says what it is. */
  readonly reads: 'all' | 'last';
}

export const baselineParts = ['value', 'difference', 'growth'] as const;
export type BaselinePart = (typeof baselineParts)[number];

/** A metric as it stood over a period. It gives a metric for each of its parts: `won_2025.value`. */
export interface Baseline {
  readonly name: string;
  readonly metric: string;
  /** The period as it is written, which is that of the freeze once there is one. */
  readonly period: string;
  readonly grain: Grain | null;
  /** The dimensions at which it is frozen. */
  readonly by: readonly string[];
  /** Null where it has not been frozen. */
  readonly frozen: {
    readonly on: string;
    readonly asOf: string;
    readonly meaning: string;
    readonly formula: string;
    /** Values that are known as they stand alone: of each group and period by itself. */
    readonly isWhole: boolean;
  } | null;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly owner: string | null;
  readonly covers: readonly string[];
  readonly tags: readonly string[];
  /** The place of its name. */
  readonly at: Span;
}
