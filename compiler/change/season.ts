/**
 * Season: what the same step did in earlier years in, how much of the change is usual at this time of the year out. What
 * is left is the year's own.
 */
import type { Day } from '../calendar/index.ts';
import { type Fraction, fraction, minus, order, over, sum, times, zero } from './fraction.ts';
import type { EarlierYear } from './question.ts';

export interface YearValues extends EarlierYear {
  readonly value: Fraction | null;
  readonly before: Fraction | null;
}

export interface YearChange extends EarlierYear {
  readonly value: Fraction;
  readonly before: Fraction;
  readonly change: Fraction;
}

export type Season =
  | {
      readonly kind: 'known';
      readonly years: readonly YearChange[];
      /** Of amounts: the usual change as a share of what was before. Null where it is so much, whatever was before. */
      readonly share: Fraction | null;
      readonly usual: Fraction;
      readonly rest: Fraction;
    }
  /** Both periods are the same time of the year. */
  | { readonly kind: 'same' }
  /** No earlier year has data of both periods. */
  | { readonly kind: 'unknown' };

interface Step {
  readonly value: Fraction;
  readonly before: Fraction;
}

/**
 * Amounts grow with the business, so of them the usual change is a share: of all earlier years together, so that a year
 * weighs as much as there was in it. Of rates it is a difference, the mean of the years.
 */
export function seasonOf(
  { value, before }: Step,
  years: readonly YearValues[],
  begins: readonly (Day | null)[],
  kind: 'amount' | 'rate',
): Season {
  const known = years.flatMap((year): readonly YearChange[] => {
    const { value: now, before: then } = year;
    if (now === null || then === null || !hasBegun(year, begins)) return [];
    return [{ ...year, value: now, before: then, change: minus(now, then) }];
  });
  if (known.length === 0) return { kind: 'unknown' };
  const change = sum(known.map(each => each.change));
  const base = sum(known.map(each => each.before));
  const isShare = kind === 'amount' && [before, ...known.map(each => each.before)].every(each => order(each, zero) > 0);
  const share = isShare ? over(change, base) : null;
  const usual = share === null ? times(change, fraction(1n, BigInt(known.length))) : times(before, share);
  const rest = minus(minus(value, before), usual);
  return { kind: 'known', years: known, share, usual, rest };
}

/** Data that begins within the first tenth of a period is taken for all of it: not every day has rows. */
function hasBegun({ compared, period }: EarlierYear, begins: readonly (Day | null)[]): boolean {
  const first = compared.from < period.from ? compared : period;
  const latest = first.from + Math.floor((first.until - first.from) / 10);
  return begins.every(day => day !== null && day <= latest);
}
