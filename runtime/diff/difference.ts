/** Two values of one metric in, how far they are apart out: exactly, where they are exact. */
import { type Fraction, parseFraction, toDecimal, toNumber } from '../../compiler/index.ts';
import type { Value } from '../answer.ts';

export interface Difference {
  readonly isSame: boolean;
  /** Null where one of them is nothing, or no number. */
  readonly absolute: Value;
  /** Of the size of the first; null where that is nothing or zero. */
  readonly relative: number | null;
}

/** How far a metric may move: `relative` is a share. `metric` is null where it holds for all. */
export interface Tolerance {
  readonly metric: string | null;
  readonly relative: number;
}

/** Floats of one meaning may differ in their last digits. */
const noise = 1e-9;

export function differenceOf(before: Value, after: Value): Difference {
  const [old, now] = [numberOf(before), numberOf(after)];
  if (old === null || now === null) return { isSame: before === after, absolute: null, relative: null };
  const change: Fraction = { over: now.over * old.under - old.over * now.under, under: now.under * old.under };
  const [size, moved] = [Math.abs(toNumber(old)), toNumber(change)];
  const isExact = typeof before === 'string' || Number.isInteger(before);
  const isSame = change.over === 0n || (!isExact && Math.abs(moved) <= noise * Math.max(1, size));
  const exact = toDecimal(change);
  const absolute = isSame ? 0 : isExact && exact !== null ? exact : moved;
  return { isSame, absolute, relative: size === 0 ? null : isSame ? 0 : moved / size };
}

function numberOf(value: Value): Fraction | null {
  return typeof value === 'number' || typeof value === 'string' ? parseFraction(String(value)) : null;
}

/** A value that is there on one side alone, or that moved from zero, is beyond every tolerance. */
export function isBeyond({ isSame, relative }: Difference, { relative: most }: Tolerance): boolean {
  return !isSame && (relative === null || Math.abs(relative) > most);
}

/** How much of a move it is, to put the largest first. */
export function sizeOf({ absolute, isSame }: Difference, before: Value, after: Value): number {
  if (isSame) return 0;
  if (absolute !== null) return Math.abs(Number(absolute));
  const there = Number(before ?? after ?? 0);
  return Number.isNaN(there) ? 0 : Math.abs(there);
}
